"""Files of many kinds, hostile ones too, as one text with its structure.

`sandbox.parse_file` is the way in: it runs `python -m core.documents.parsing` as a child under limits of time and memory, because a
parser that is fed by strangers may hang, swell or crash. Inside the child: filetype → one reader per kind → `draft.Draft` →
`ParsedDocument`. Every reader is imported only when its kind turns up, so that the child starts quickly.
"""
