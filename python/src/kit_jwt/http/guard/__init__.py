"""What a guard looks at, decides and answers, without a framework."""
