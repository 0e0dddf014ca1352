"""The sample branch: sources in `data/demo` become the real files a branch would receive (PDF, Office files, a scan).

`build.build(target)` and `build.interviews()` are the entrances. Each renderer takes plain markup or tables in and writes
one file; nothing here knows the database or the index.
"""
