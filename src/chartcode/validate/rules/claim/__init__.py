"""What a claim form can carry."""
