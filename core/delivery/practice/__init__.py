"""Skill practice: scenarios with a customer to talk to, transcripts scored by rule with reasons, and a person who checks some of them."""
