"""where checked targets are from, what a person holds for the same matter, who named a theme

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('check_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('document', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('edition', sa.Integer(), nullable=False, server_default='0'))
    item = sa.table('check_item', sa.column('document_id'), sa.column('document'), sa.column('edition'))
    source = sa.table('document', sa.column('id'), sa.column('title'), sa.column('edition'))
    of = sa.select(source).where(source.c.id == item.c.document_id)
    op.execute(
        item.update()
        .where(item.c.document_id.is_not(None))
        .values(document=of.with_only_columns(source.c.title).scalar_subquery(), edition=of.with_only_columns(source.c.edition).scalar_subquery())
    )

    with op.batch_alter_table('theme', schema=None) as batch_op:
        batch_op.add_column(sa.Column('named_by', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False, server_default=''))
    theme = sa.table('theme', sa.column('named_by'), sa.column('made_by'), sa.column('version'))
    # Whoever has changed a theme since may have named it.
    op.execute(theme.update().where(theme.c.version == 1).values(named_by=theme.c.made_by))
    op.create_table('same_matter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('spoken_id', sa.Integer(), nullable=False),
    sa.Column('written_id', sa.Integer(), nullable=False),
    sa.Column('same', sa.Boolean(), nullable=False),
    sa.Column('set_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('set_at', core.storage.types.UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['spoken_id'], ['finding.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_id'], ['finding.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('spoken_id', 'written_id', name='uq_same_matter_spoken_written'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('same_matter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_same_matter_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_same_matter_spoken_id'), ['spoken_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_same_matter_written_id'), ['written_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('same_matter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_same_matter_written_id'))
        batch_op.drop_index(batch_op.f('ix_same_matter_spoken_id'))
        batch_op.drop_index(batch_op.f('ix_same_matter_plan_id'))

    op.drop_table('same_matter')
    with op.batch_alter_table('theme', schema=None) as batch_op:
        batch_op.drop_column('named_by')
    with op.batch_alter_table('check_item', schema=None) as batch_op:
        batch_op.drop_column('edition')
        batch_op.drop_column('document')
