"""The function of the owner by which old attempts to sign in go: names, addresses and moments of persons."""

from django.db import migrations

_PURGE = """
CREATE FUNCTION foundation_purge_attempts() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
    made bigint;
    kept smallint;
BEGIN
    SELECT months INTO kept FROM public.foundation_retention WHERE code = 'attempts';
    IF kept IS NULL THEN
        RETURN 0;
    END IF;
    DELETE FROM public.foundation_attempt WHERE at < now() - make_interval(months => kept);
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone > 0 THEN
        INSERT INTO public.foundation_event (public_id, at, account_name, role, door, verb, kind, record, title,
                why)
            VALUES (gen_random_uuid(), now(), '', 'system', 'system', 'purge', 'attempts',
                '00000000-0000-0000-0000-000000000000', '', '') RETURNING id INTO made;
        PERFORM public.foundation_keep_value(made, 'lines', gone::text);
        PERFORM public.foundation_keep_value(made, 'months', kept::text);
    END IF;
    RETURN gone;
END $$;

REVOKE ALL ON FUNCTION foundation_purge_attempts() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0008_event_of_account")]

    operations = [migrations.RunSQL(_PURGE, "DROP FUNCTION foundation_purge_attempts();")]
