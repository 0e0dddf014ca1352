"""content

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('checklist_template',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('lines', core.storage.types.JsonText(), nullable=False),
    sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('plan_id'),
    sqlite_autoincrement=True
    )
    op.create_table('share_target',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('kind', sa.Enum('method', 'subject', name='sharekind', native_enum=False, length=32), nullable=False),
    sa.Column('methods', core.storage.types.JsonText(), nullable=False),
    sa.Column('words', core.storage.types.JsonText(), nullable=False),
    sa.Column('target', sa.Float(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('plan_id', 'name', name='uq_share_target_plan_name'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('share_target', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_share_target_plan_id'), ['plan_id'], unique=False)

    op.create_table('checklist_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Enum('before', 'during', 'after', name='stage', native_enum=False, length=32), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('anchor', sa.Enum('first', 'last', name='anchor', native_enum=False, length=32), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('done_at', core.storage.types.UtcDateTime(), nullable=True),
    sa.Column('done_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('checklist_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_checklist_line_project_id'), ['project_id'], unique=False)

    op.create_table('project_content',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('pattern', sa.Enum('prework_workshop', 'live_community', 'video_practice', 'online_exam_certification', 'learn_practise_test_certify', 'theory_practice_coaching', name='pattern', native_enum=False, length=32), nullable=True),
    sa.Column('tier', sa.Enum('basic', 'advanced', 'expert', name='tier', native_enum=False, length=32), nullable=True),
    sa.Column('rhythm', sa.Enum('immersive', 'fragmented', name='rhythm', native_enum=False, length=32), nullable=True),
    sa.Column('priority', sa.Integer(), nullable=True),
    sa.Column('earliest', sa.Date(), nullable=True),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('cohort_size', sa.Integer(), nullable=True),
    sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('project_id'),
    sqlite_autoincrement=True
    )
    op.create_table('project_span',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('first_on', sa.Date(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=False),
    sa.Column('scheduled', sa.Boolean(), nullable=False),
    sa.Column('set_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('project_id'),
    sqlite_autoincrement=True
    )
    op.create_table('transfer_action',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('employee_id', sa.Integer(), nullable=False),
    sa.Column('what', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('with_whom', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('evidence', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('state', sa.Enum('planned', 'agreed', 'done', 'dropped', name='actionstate', native_enum=False, length=32), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('transfer_action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_transfer_action_employee_id'), ['employee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_transfer_action_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_transfer_action_state'), ['state'], unique=False)

    op.create_table('content_activity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('content_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Enum('before', 'during', 'after', name='stage', native_enum=False, length=32), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('method', sa.Enum('reading', 'video', 'live', 'lecture', 'case', 'workshop', 'role_play', 'practice', 'task', 'community', 'coaching', 'online_test', 'skill_check', 'certification', name='method', native_enum=False, length=32), nullable=False),
    sa.Column('slots', sa.Integer(), nullable=False),
    sa.Column('hours', sa.Float(), nullable=False),
    sa.Column('online', sa.Boolean(), nullable=False),
    sa.Column('min_lag', sa.Integer(), nullable=False),
    sa.Column('max_lag', sa.Integer(), nullable=True),
    sa.Column('equipment', core.storage.types.JsonText(), nullable=False),
    sa.Column('needs_trainer', sa.Boolean(), nullable=False),
    sa.Column('item_ids', core.storage.types.JsonText(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.ForeignKeyConstraint(['content_id'], ['project_content.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('content_activity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_content_activity_content_id'), ['content_id'], unique=False)

    op.create_table('content_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('content_id', sa.Integer(), nullable=False),
    sa.Column('action', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('by', sa.Integer(), nullable=True),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
    sa.Column('before', core.storage.types.JsonText(), nullable=True),
    sa.Column('made', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['content_id'], ['project_content.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('content_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_content_change_content_id'), ['content_id'], unique=False)

    op.create_table('content_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('content_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('learnt', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('hours', sa.Float(), nullable=False),
    sa.Column('competency', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('use', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('material', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('origin', sa.Enum('person', 'pasted', 'course', 'competency', 'behaviour', name='origin', native_enum=False, length=32), nullable=False),
    sa.Column('advised', sa.Enum('self_study', 'face_to_face', name='way', native_enum=False, length=32), nullable=False),
    sa.Column('advised_by', sa.Enum('rule', 'model', name='author', native_enum=False, length=32), nullable=False),
    sa.Column('rule', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('why', core.storage.types.JsonText(), nullable=False),
    sa.Column('made_by', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('chosen', sa.Enum('self_study', 'face_to_face', name='way', native_enum=False, length=32), nullable=True),
    sa.Column('chosen_why', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('chosen_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.ForeignKeyConstraint(['content_id'], ['project_content.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('content_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_content_item_content_id'), ['content_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_content_item_course_id'), ['course_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('content_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_content_item_course_id'))
        batch_op.drop_index(batch_op.f('ix_content_item_content_id'))

    op.drop_table('content_item')
    with op.batch_alter_table('content_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_content_change_content_id'))

    op.drop_table('content_change')
    with op.batch_alter_table('content_activity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_content_activity_content_id'))

    op.drop_table('content_activity')
    with op.batch_alter_table('transfer_action', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_transfer_action_state'))
        batch_op.drop_index(batch_op.f('ix_transfer_action_project_id'))
        batch_op.drop_index(batch_op.f('ix_transfer_action_employee_id'))

    op.drop_table('transfer_action')
    op.drop_table('project_span')
    op.drop_table('project_content')
    with op.batch_alter_table('checklist_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_checklist_line_project_id'))

    op.drop_table('checklist_line')
    with op.batch_alter_table('share_target', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_share_target_plan_id'))

    op.drop_table('share_target')
    op.drop_table('checklist_template')
