"""where checked targets are from

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

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


def downgrade() -> None:
    with op.batch_alter_table('check_item', schema=None) as batch_op:
        batch_op.drop_column('edition')
        batch_op.drop_column('document')
