"""talent: what people decided about those who stand out in score and result

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('talent_decision',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('employee_id', sa.Integer(), nullable=False),
        sa.Column('competency_id', sa.Integer(), nullable=False),
        sa.Column('measure_id', sa.Integer(), nullable=False),
        sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('family', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('decision', sa.Enum('confirmed', 'declined', name='decision', native_enum=False, length=32), nullable=False),
        sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('rule', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('facts', core.storage.types.JsonText(), nullable=False),
        sa.Column('decided_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('decided_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['competency_id'], ['competency.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint(
            'plan_id', 'employee_id', 'competency_id', 'measure_id', 'source', name='uq_talent_decision_plan_employee_competency_measure'
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('talent_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_talent_decision_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_talent_decision_employee_id'), ['employee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_talent_decision_competency_id'), ['competency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_talent_decision_measure_id'), ['measure_id'], unique=False)


def downgrade() -> None:
    op.drop_table('talent_decision')
