"""Everything the product knows; runs without a browser.

The floors, top to bottom; arrows point down only (`make check` holds them):

    cli · web                    the command line, and the routes and middleware of the server
    upkeep · administration      backup, restore, checks; changing the settings
    instance                     one running copy: settings, database, index, worker
    demo                         the fictional sample branch
    guide                        how each page is used, and each role's first steps
    flow                         the whole plan on one page: the steps in order
    privacy                      what is held on a person; the permission matrix
    exports                      files that people take away
    charts                       charts that state their finding; the only place that knows Altair
    reminders                    what has become due by the passing of time: looked for by the hour, told once
    review                       results → four levels, effects, returns, warnings → conclusions → next year
    workshops                    boards, rounds, guests, voices, results into the plan
    delivery                     what is taught how, by whom, where and when: content, faculty, calendar, sessions, money, attendance
    schedule                     the year as a timetable: problem → solver → schedule → explanations; knows nothing of the database
    goals                        what a project is to reach: the check, the needs of units, targets of single people, the chain
    projects                     training projects: accepted ideas, the gaps that they answer
    strategy                     findings → themes → map → focus → project ideas; interviews, readiness, the quarterly check
    people                       units, posts, roster, competencies, assessments, courses → gaps → remedial menus; imports
    assistant                    questions, answers, conversations, evidence
    documents                    parse → passages → index → search → answer with citations
    shares                       links by which one page is read without an account
    notices                      what people are told: in the product, by e-mail, in groups
    plans                        the annual plan
    llm                          the only place that talks to a model
    access                       people, roles, sign-ins, audit
    jobs                         background work
    sheets                       tables in Excel and CSV files: header, rows, cells, which column is what
    settings · storage · logs · errors · editing · i18n · patterns
                                 of these, editing: one record of two people, put together or laid side by side; who else is there

In every module with data: `tables.py` (rows), `repository.py` (all queries), `service.py` (permission, rule, storage, in that order), and
a file a noun with its verbs, pure functions on frozen dataclasses.
"""

import gc

# A start makes a million objects that stay: looking for circles among them every 700 of them is a sixth of its time.
gc.set_threshold(50_000, 20, 50)
