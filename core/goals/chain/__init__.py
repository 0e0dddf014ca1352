"""对齐链: from the clause of a document to the goal of a project, and back."""
