"""What is held on a person: shown to them, deleted on request or after its time; and who may see and do what."""
