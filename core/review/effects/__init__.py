"""What training changed: an estimate with its interval, chosen by how the trainees were chosen, and what it does not show."""
