"""The rows of the bench: units of ten kinds over twenty years below the provinces there are, and records.

Everything is written by SQL of the server, so that a million rows take no way through Python; the ancestor
table is computed by the product's own rebuild, and the triggers that keep row versions of units stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, LiteralString, Protocol


class Cursor(Protocol):
    """What Django's cursor and psycopg's have in common."""

    def execute(self, query: Any, params: Any = ..., /) -> Any:
        """Run one statement."""

    def fetchone(self) -> Any:
        """The next row of its answer."""

    def fetchall(self) -> Any:
        """All rows of its answer."""


RECORDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """So many invented units and owned records; a fifth of the units keep registers of their own."""

    units: int = 20_000
    records: int = RECORDS
    #: Provinces and communes to make where the shipped ones are not brought in; none: they are there.
    provinces: int = 0
    communes: int = 0

    @property
    def heads(self) -> int:
        """The units that stand directly below a province or commune; the others stand below these."""
        return self.units // 5


# A territory for a small bench: the shipped one is brought in by its service.
_LAND: LiteralString = """
WITH place AS (
    SELECT nextval('foundation_unit_id_seq') AS id, nextval('organisations_change_id_seq') AS act, n,
        n <= %(provinces)s AS is_province
    FROM generate_series(1, %(provinces)s + %(communes)s) n
), named AS (
    SELECT *, CASE WHEN is_province THEN 'Tỉnh Phú Sông ' ELSE 'Xã Phú Bến ' END || n AS name,
        CASE WHEN is_province THEN 'tinh phu song ' ELSE 'xa phu ben ' END || n AS folded,
        CASE WHEN is_province THEN 'province' ELSE 'commune' END AS level
    FROM place
), unit AS (
    INSERT INTO foundation_unit (id, public_id, name, short_name, level, pillar, folded)
    SELECT id, gen_random_uuid(), name, '', level, 'state', folded FROM named
), act AS (
    INSERT INTO organisations_change (id, public_id, kind, unit_id, in_force_on, legal_basis, note, ended,
        entered_at)
    SELECT act, gen_random_uuid(), 'found', id, '2006-01-01', '', '', '{}', now() FROM named
), version AS (
    INSERT INTO organisations_unitversion (unit_id, name, short_name, type, level, pillar, folded, sort_key,
        valid_from, opened_by_id)
    SELECT id, name, '', CASE WHEN is_province THEN 'tỉnh' ELSE 'xã' END, level, 'state', ' ' || folded,
        folded, '2006-01-01', act FROM named
)
INSERT INTO organisations_parentlink (unit_id, parent_id, hierarchy, valid_from, opened_by_id)
SELECT c.id, p.id, 'administrative', '2006-01-01', c.act FROM named c
JOIN named p ON p.is_province AND p.n = 1 + c.n %% %(provinces)s WHERE NOT c.is_province
"""

# Where the invented units stand: provinces and communes of today. A unit that is older than the province or
# commune it stands below begins with it.
_PLAN: LiteralString = """
CREATE TEMPORARY TABLE bench_unit ON COMMIT PRESERVE ROWS AS
WITH home AS (
    SELECT v.unit_id, v.level, min(every.valid_from) AS since, min(v.name) AS name,
        row_number() OVER (PARTITION BY v.level ORDER BY v.unit_id) AS n,
        count(*) OVER (PARTITION BY v.level) AS many
    FROM organisations_unitversion v JOIN organisations_unitversion every ON every.unit_id = v.unit_id
    WHERE v.valid_to IS NULL AND v.level IN ('province', 'commune') AND v.type IN ('tỉnh', 'thành phố',
        'xã', 'phường', 'đặc khu')
    GROUP BY v.unit_id, v.level
), made AS (
    SELECT n, CASE WHEN n %% 5 = 0 AND n <= %(heads)s THEN 'province' ELSE 'commune' END AS level,
        date '2006-01-01' + (n * 37 %% 7000) AS founded,
        (ARRAY['Sở', 'Ban', 'Hội', 'Liên hiệp', 'Trung tâm', 'Chi hội', 'Tổ', 'Câu lạc bộ', 'Văn phòng',
            'Phòng'])[1 + n %% 10] AS kind,
        (ARRAY['so', 'ban', 'hoi', 'lien hiep', 'trung tam', 'chi hoi', 'to', 'cau lac bo', 'van phong',
            'phong'])[1 + n %% 10] AS bare
    FROM generate_series(1, %(units)s) n
)
SELECT made.n, nextval('foundation_unit_id_seq') AS id, gen_random_uuid() AS public_id, made.kind, made.bare,
    home.unit_id AS home, made.n <= %(heads)s AS is_head,
    greatest(made.founded, home.since) AS founded,
    -- Every third was called anew, every fifth (of those that stand below another) moved.
    CASE WHEN made.n %% 3 = 0 AND greatest(made.founded, home.since) < current_date - 200
        THEN greatest(made.founded, home.since) + 100 END AS renamed,
    CASE WHEN made.n %% 5 = 1 AND made.n > %(heads)s THEN true ELSE false END AS is_moved,
    nextval('organisations_change_id_seq') AS act, nextval('organisations_change_id_seq') AS second
FROM made JOIN home ON home.level = made.level AND home.n = 1 + (made.n * 7) %% home.many
"""
_UNITS: LiteralString = """
INSERT INTO foundation_unit (id, public_id, name, short_name, level, pillar, folded)
SELECT id, public_id, kind || ' Giao lưu ' || n, '', 'grassroots', 'people', bare || ' giao luu ' || n
FROM bench_unit;
INSERT INTO organisations_change (id, public_id, kind, unit_id, in_force_on, legal_basis, note, ended,
    entered_at)
SELECT act, gen_random_uuid(), 'found', id, founded, '', '', '{}'::jsonb, now() FROM bench_unit
UNION ALL
SELECT second, gen_random_uuid(), 'rename', id, coalesce(renamed, founded + 100), '', '', '{}', now()
FROM bench_unit WHERE renamed IS NOT NULL OR is_moved;
INSERT INTO organisations_unitversion (unit_id, name, short_name, type, level, pillar, folded, sort_key,
    valid_from, valid_to, opened_by_id, closed_by_id)
SELECT id, kind || ' Hữu nghị ' || n, '', lower(kind), 'grassroots', 'people',
    ' ' || bare || ' huu nghi ' || n, bare || ' huu nghi ' || n,
    founded, renamed, act, second FROM bench_unit WHERE renamed IS NOT NULL
UNION ALL
SELECT id, kind || ' Giao lưu ' || n, '', lower(kind), 'grassroots', 'people',
    ' ' || bare || ' giao luu ' || n, bare || ' giao luu ' || n,
    coalesce(renamed, founded), NULL,
    CASE WHEN renamed IS NULL THEN act ELSE second END, NULL FROM bench_unit;
INSERT INTO organisations_parentlink (unit_id, parent_id, hierarchy, valid_from, opened_by_id)
SELECT id, home, 'administrative', founded, act FROM bench_unit WHERE is_head
"""
# Those below a head stand there since both exist; who moved stood below the next head before.
_BELOW: LiteralString = """
WITH placed AS (
    SELECT u.id, u.act, u.second, u.is_moved, a.id AS first, b.id AS later,
        greatest(u.founded, a.founded, b.founded) AS since
    FROM bench_unit u
    JOIN bench_unit a ON a.n = 1 + u.n %% %(heads)s
    JOIN bench_unit b ON b.n = 1 + (u.n + CASE WHEN u.is_moved THEN 1 ELSE 0 END) %% %(heads)s
    WHERE NOT u.is_head
)
INSERT INTO organisations_parentlink (unit_id, parent_id, hierarchy, valid_from, valid_to, opened_by_id,
    closed_by_id)
SELECT id, first, 'administrative', since, since + 50, act, second FROM placed WHERE is_moved
UNION ALL
SELECT id, later, 'administrative', CASE WHEN is_moved THEN since + 50 ELSE since END, NULL,
    CASE WHEN is_moved THEN second ELSE act END, NULL FROM placed
"""
_OFFICES: LiteralString = """
INSERT INTO foundation_office (unit_id, opened_on)
SELECT DISTINCT home, date '2025-07-01' FROM bench_unit JOIN foundation_unit u ON u.id = home
WHERE u.level = 'province' UNION SELECT id, founded FROM bench_unit WHERE is_head ON CONFLICT DO NOTHING
"""
# A third of the records lie in the offices of the provinces, the others in those of the heads.
_RECORDS: LiteralString = """
WITH office AS (
    SELECT o.unit_id, u.level = 'province' AS is_province,
        row_number() OVER (PARTITION BY u.level = 'province' ORDER BY o.unit_id) AS place,
        count(*) OVER (PARTITION BY u.level = 'province') AS many
    FROM foundation_office o JOIN foundation_unit u ON u.id = o.unit_id
), kind AS MATERIALIZED (
    SELECT is_province, max(many) AS many FROM office GROUP BY is_province
), record AS (
    -- The place is worked out first, so that the two sides are joined by a hash.
    SELECT r, kind.is_province, 1 + r / 3 %% kind.many AS place,
        date '2006-01-01' + (r * 7 %% 7600)::int AS day
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) r
    JOIN kind ON kind.is_province = (r %% 3 = 0)
)
INSERT INTO documents_document (public_id, office_id, issuer_name, parent_issuer_name, author_name, type_name,
    number, number_key, date, subject, place, signer_title, urgency, level, kind, state, register,
    register_year, register_number, date_received, placed_on, folded, created_at)
SELECT gen_random_uuid(), office.unit_id, 'Hội Giao lưu Nhân dân xã ' || r %% 97, '', '',
    (ARRAY['Kế hoạch', 'Công văn', 'Báo cáo', 'Thông báo', 'Quyết định'])[1 + r %% 5],
    r || '/HGL', r || '/hgl', day, 'Về việc phối hợp tổ chức giao lưu nhân dân, lần thứ ' || r, '', '', '',
    'commune', 'state', 'registered', 'incoming', extract(year FROM day), r, day, day,
    'van ban ' || r || ' hgl ve viec phoi hop to chuc giao luu nhan dan lan thu ' || r, now()
FROM record JOIN office ON office.is_province = record.is_province AND office.place = record.place
"""
# So many at once: what waits for the end of a statement stays small.
_STEP = 50_000
_INDEXES: LiteralString = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'documents_document'
    AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = 'documents_document'::regclass)
"""
_TABLES: tuple[LiteralString, ...] = (
    "foundation_unit",
    "foundation_office",
    "foundation_ancestor",
    "organisations_change",
    "organisations_unitversion",
    "organisations_parentlink",
    "documents_document",
)


def units(cursor: Cursor, size: Size) -> list[int]:
    """Write the units with their versions, places and offices; the ids of those whose lines are missing."""
    if size.provinces:
        cursor.execute(_LAND, {"provinces": size.provinces, "communes": size.communes})
    cursor.execute(_PLAN, {"units": size.units, "heads": size.heads})
    cursor.execute(_UNITS)
    cursor.execute(_OFFICES)
    cursor.execute(_BELOW, {"heads": size.heads})
    if size.provinces:
        cursor.execute("SELECT array_agg(id) FROM foundation_unit")
    else:
        cursor.execute("SELECT array_agg(id) FROM bench_unit")
    return list(cursor.fetchone()[0])


def records(cursor: Cursor, size: Size) -> None:
    """Write the records, spread over all offices."""
    for first in range(1, size.records + 1, _STEP):
        cursor.execute(_RECORDS, {"first": first, "last": min(first + _STEP - 1, size.records)})


def records_at_once(cursor: Cursor, size: Size) -> None:
    """The same as the owner: indexes are built afterwards, and of invented rows no versions are kept."""
    cursor.execute(_INDEXES)
    indexes = [(str(name), str(definition)) for name, definition in cursor.fetchall()]
    cursor.execute("ALTER TABLE documents_document DISABLE TRIGGER USER")
    for name, _definition in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    records(cursor, size)
    for _name, definition in indexes:
        cursor.execute(definition)
    cursor.execute("ALTER TABLE documents_document ENABLE TRIGGER USER")


def statistics(cursor: Cursor) -> None:
    """Tell the planner what there is, as the server does by itself within a minute of such a load."""
    for table in _TABLES:
        cursor.execute(f"VACUUM ANALYZE {table}")
