"""surveys by link; results are summed by day; a result is found by its person

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('survey_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('opened_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('opened_at', core.storage.types.UtcDateTime(), nullable=False),
    sa.Column('closes_at', core.storage.types.UtcDateTime(), nullable=False),
    sa.Column('revoked_at', core.storage.types.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('token_hash'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('survey_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_link_project_id'), ['project_id'], unique=False)

    op.create_table('survey_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('employee_id', sa.Integer(), nullable=False),
    sa.Column('marks', core.storage.types.JsonText(), nullable=False),
    sa.Column('remark', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('project_id', 'employee_id', name='uq_survey_answer_project_employee'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('survey_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_answer_employee_id'), ['employee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_answer_project_id'), ['project_id'], unique=False)

    with op.batch_alter_table('result', schema=None) as batch_op:
        batch_op.drop_index('ix_result_measure_on')
        batch_op.create_index('ix_result_measure_on', ['measure_id', 'on', 'employee_id'], unique=False)

    op.create_table('result_day',
    sa.Column('measure_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('attendances', sa.Integer(), nullable=False),
    sa.Column('sum', sa.Float(), nullable=False),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('measure_id', 'on')
    )
    # What is there already is summed as new results are.
    op.execute(
        'INSERT INTO result_day (measure_id, "on", attendances, sum) SELECT measure_id, "on", COUNT(*), SUM(value) FROM result '
        "WHERE replaced_by IS NULL AND moment != 'before' GROUP BY measure_id, \"on\""
    )


def downgrade() -> None:
    with op.batch_alter_table('result', schema=None) as batch_op:
        batch_op.drop_index('ix_result_measure_on')
        batch_op.create_index('ix_result_measure_on', ['measure_id', 'on'], unique=False)
    op.drop_table('result_day')
    op.drop_table('survey_answer')
    op.drop_table('survey_link')
