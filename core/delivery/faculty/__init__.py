"""Who teaches and where: trainers with what they can teach, cost, load and absences; venues; the share of the branch's own people."""
