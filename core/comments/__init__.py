"""What people say to each other about a project, a goal, a theme, a finding, a session or the plan itself."""
