"""One module a question: coverage, gaps, claim check, ... Answers are values with their evidence."""
