"""The sample branch: sources in `data/demo` become the real files a branch would receive (PDF, Office files, a scan).

`build.build(target)` and `build.interviews()` are the entrances of that. Each renderer takes plain markup or tables in and writes one file;
none knows the database or the index. `service.py` takes the files into the library with two plans, `year.py` has one of these decoded and
worked through in the background, as `data/demo/year.toml` says.
"""

YEAR_JOB = "sample_year"
