"""After a load the planner is to know what came; only the owner of a table may count it, so a function does."""

from django.db import migrations

_DO = """
CREATE FUNCTION organisations_analyze() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    ANALYZE public.foundation_unit, public.foundation_ancestor, public.organisations_change,
        public.organisations_unitversion, public.organisations_parentlink, public.organisations_unitcode,
        public.organisations_succession, public.organisations_focalpoint;
END $$;

REVOKE ALL ON FUNCTION organisations_analyze() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_words_sorted_at_once")]

    operations = [migrations.RunSQL(_DO, "DROP FUNCTION organisations_analyze()")]
