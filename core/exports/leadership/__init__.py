"""Documents for those who decide: the annual plan, the decision and the review deck, the workbook, all made of the same content."""
