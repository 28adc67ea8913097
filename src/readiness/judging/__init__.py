"""What the steps of an assessment judge with: levels and proofs, facts, and sentences."""
