"""Files that people take away: workbooks, and the chapter on decoding in Word."""
