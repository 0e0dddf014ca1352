"""When training can be: working days with 调休, years that are not published yet, blackouts, leave."""
