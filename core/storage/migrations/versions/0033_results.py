"""results of training: measures, what was measured, its sums, the files that it came from

Revision ID: 0033
Revises: 0029
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0033'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('result_column',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('survey', 'activity', 'test', 'behaviour', 'performance', 'xapi', 'flow', name='resultkind', native_enum=False, length=32), nullable=False),
        sa.Column('header', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('field', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('kind', 'header', name='uq_result_column_kind_header'),
        sqlite_autoincrement=True,
    )
    op.create_table('result_import',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('survey', 'activity', 'test', 'behaviour', 'performance', 'xapi', 'flow', name='resultkind', native_enum=False, length=32), nullable=False),
        sa.Column('file_name', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.Column('sheet', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column('rows', sa.Integer(), nullable=False),
        sa.Column('created', sa.Integer(), nullable=False),
        sa.Column('updated', sa.Integer(), nullable=False),
        sa.Column('unchanged', sa.Integer(), nullable=False),
        sa.Column('skipped', sa.Integer(), nullable=False),
        sa.Column('mapping', core.storage.types.JsonText(), nullable=False),
        sa.Column('errors', core.storage.types.JsonText(), nullable=False),
        sa.Column('notes', core.storage.types.JsonText(), nullable=False),
        sa.Column('done_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('done_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('undone_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('undone_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('result_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_result_import_plan_id'), ['plan_id'], unique=False)

    op.create_table('xapi_statement',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('import_id', sa.Integer(), nullable=False),
        sa.Column('statement', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.ForeignKeyConstraint(['import_id'], ['result_import.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('statement'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('xapi_statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_xapi_statement_import_id'), ['import_id'], unique=False)

    op.create_table('measure',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('project_id', sa.Integer(), nullable=True),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('level', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('survey', 'activity', 'test', 'practice', 'behaviour', 'performance', 'cost', 'xapi', name='sourcekind', native_enum=False, length=32), nullable=False),
        sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('unit', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('direction', sa.Enum('up', 'down', name='direction', native_enum=False, length=32), nullable=False),
        sa.Column('frequency', sa.Enum('once', 'session', 'week', 'month', 'quarter', name='frequency', native_enum=False, length=32), nullable=False),
        sa.Column('aggregation', sa.Enum('mean', 'sum', 'share', name='aggregation', native_enum=False, length=32), nullable=False),
        sa.Column('baseline', sa.Float(), nullable=True),
        sa.Column('operator', sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column('target', sa.Float(), nullable=True),
        sa.Column('weight', sa.Float(), nullable=True),
        sa.Column('due', sa.Date(), nullable=True),
        sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('indicator_key', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('removed_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('measure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_measure_indicator_key'), ['indicator_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_measure_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_measure_project_id'), ['project_id'], unique=False)

    op.create_table('result',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('measure_id', sa.Integer(), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('employee_id', sa.Integer(), nullable=True),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.Column('session_id', sa.Integer(), nullable=True),
        sa.Column('moment', sa.Enum('before', 'during', 'after', 'later', name='moment', native_enum=False, length=32), nullable=False),
        sa.Column('value', sa.Float(), nullable=False),
        sa.Column('import_id', sa.Integer(), nullable=False),
        sa.Column('replaced_by', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['import_id'], ['result_import.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('result', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_result_employee_id'), ['employee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_result_import_id'), ['import_id'], unique=False)
        batch_op.create_index('ix_result_measure_on', ['measure_id', 'on'], unique=False)
        batch_op.create_index('ix_result_replaced_by', ['replaced_by'], unique=False, sqlite_where=sa.text('replaced_by IS NOT NULL'), postgresql_where=sa.text('replaced_by IS NOT NULL'))

    op.create_table('result_people',
        sa.Column('measure_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('people', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('measure_id', 'unit_id'),
    )
    op.create_table('result_sum',
        sa.Column('measure_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('month', sa.Date(), nullable=False),
        sa.Column('moment', sa.Enum('before', 'during', 'after', 'later', name='moment', native_enum=False, length=32), nullable=False),
        sa.Column('attendances', sa.Integer(), nullable=False),
        sa.Column('people', sa.Integer(), nullable=False),
        sa.Column('unnamed', sa.Integer(), nullable=False),
        sa.Column('sum', sa.Float(), nullable=False),
        sa.Column('sum_squares', sa.Float(), nullable=False),
        sa.Column('passes', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('measure_id', 'unit_id', 'month', 'moment'),
    )


def downgrade() -> None:
    op.drop_table('result_sum')
    op.drop_table('result_people')
    op.drop_table('result')
    op.drop_table('measure')
    op.drop_table('xapi_statement')
    op.drop_table('result_import')
    op.drop_table('result_column')
