"""Every table of the product, imported in one place, for the migrations and nobody else."""

import core.access.tables
import core.assistant.tables
import core.delivery.attendance.tables
import core.delivery.budget.tables
import core.delivery.calendar.tables
import core.delivery.content.tables
import core.delivery.faculty.tables
import core.delivery.feeds.tables
import core.delivery.timetable.tables
import core.delivery.undo.tables
import core.documents.tables
import core.goals.needs.tables
import core.goals.tables
import core.goals.targets.tables
import core.jobs.tables
import core.people.courses.tables
import core.people.remedies.tables
import core.people.tables
import core.plans.tables
import core.projects.tables
import core.review.conclusions.tables
import core.review.effects.tables
import core.review.results.tables
import core.review.returns.tables
import core.review.reviews.tables
import core.review.warnings.tables
import core.shares.tables
import core.storage.tables
import core.strategy.checking.tables
import core.strategy.environment.tables
import core.strategy.focus.tables
import core.strategy.ideas.tables
import core.strategy.readiness.tables
import core.strategy.tables
import core.strategy.themes.tables  # noqa: F401
