"""Files of people become rows: fields, a plan that writes nothing, one transaction, and the way back."""
