"""The two functions of the owner by which values go: erasing for a person, and the end of the access log."""

from django.db import migrations

# What is erased is found by the database itself, from the kind, the record and the fields; the caller cannot
# name a value. The digests are spelled as `events.digest` spells them.
_ERASE = """
CREATE FUNCTION foundation_digested(salt text, canonical text) RETURNS text LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp
    AS $$ SELECT encode(sha256(convert_to(salt || canonical, 'UTF8')), 'hex') $$;

CREATE FUNCTION foundation_keep_value(event bigint, name text, canonical text) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    salt text := replace(gen_random_uuid()::text, '-', '');
    kept bigint;
BEGIN
    INSERT INTO public.foundation_eventvalue (event_id, field, side, digest)
        VALUES (event, name, 'new', public.foundation_digested(salt, canonical)) RETURNING id INTO kept;
    INSERT INTO public.foundation_valuetext (event_value_id, salt, value) VALUES (kept, salt, canonical::jsonb);
END $$;

CREATE FUNCTION foundation_erase(
    of_kind text, of_record uuid, fields text[], article text, reason text, record_title text,
    by_account uuid, by_name text, by_role text, by_unit uuid, by_office uuid, by_door text
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    one record;
    gone bigint[];
    touched bigint := 0;
    count_now bigint;
    made bigint;
    mark text;
    name text := of_record::text;
BEGIN
    IF coalesce(cardinality(fields), 0) = 0 OR of_record IS NULL THEN
        RAISE EXCEPTION 'erasing names a record and its fields' USING ERRCODE = 'check_violation';
    END IF;
    IF length(btrim(coalesce(article, ''))) < 3 OR length(btrim(coalesce(reason, ''))) < 3 THEN
        RAISE EXCEPTION 'erasing names an article of law and a reason' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM unnest(fields) AS f (field) WHERE NOT EXISTS (
        SELECT 1 FROM public.foundation_personalfield p WHERE p.kind = of_kind AND p.field = f.field)) THEN
        RAISE EXCEPTION 'a field holds no personal data' USING ERRCODE = 'check_violation';
    END IF;

    FOR one IN SELECT * FROM public.foundation_personalfield p WHERE p.kind = of_kind AND p.field = ANY (fields)
    LOOP
        mark := replace(one.marker, '{record}', left(replace(name, '-', ''), 12));
        EXECUTE format('UPDATE public.%I SET %I = $1 WHERE public_id = $2 AND %I <> $1', one."table", one.field,
            one.field) USING mark, of_record;
        GET DIAGNOSTICS count_now = ROW_COUNT;
        touched := touched + count_now;
        IF one.versions <> '' THEN
            -- Read by the function that asks whether a trigger stands aside: it believes only the owner.
            PERFORM set_config('nhipcau.erasing', 'on', true);
            EXECUTE format('UPDATE public.%I SET %I = $1 WHERE public_id = $2 AND %I <> $1', one.versions,
                one.field, one.field) USING mark, of_record;
            GET DIAGNOSTICS count_now = ROW_COUNT;
            touched := touched + count_now;
            PERFORM set_config('nhipcau.erasing', 'off', true);
        END IF;
    END LOOP;

    -- Values of the record itself, and those by which other records name it (title and public id).
    SELECT array_agg(v.id ORDER BY v.id) INTO gone
        FROM public.foundation_eventvalue v
        JOIN public.foundation_valuetext t ON t.event_value_id = v.id
        JOIN public.foundation_event e ON e.id = v.event_id
        WHERE e.verb <> 'erase' AND (
            (e.kind = of_kind AND e.record = of_record AND v.field = ANY (fields))
            OR t.value @> jsonb_build_object('id', name)
            OR t.value @> jsonb_build_array(jsonb_build_object('id', name)));
    gone := coalesce(gone, '{}');
    IF cardinality(gone) = 0 AND touched = 0 THEN
        RAISE EXCEPTION 'there is nothing to erase' USING ERRCODE = 'no_data_found';
    END IF;
    DELETE FROM public.foundation_valuetext WHERE event_value_id = ANY (gone);

    INSERT INTO public.foundation_event (public_id, at, account_id, account_name, role, unit_id, office_id, door,
            verb, kind, record, title, why)
        VALUES (gen_random_uuid(), now(), by_account, by_name, by_role, by_unit, by_office, by_door, 'erase',
            of_kind, of_record, record_title, reason) RETURNING id INTO made;
    PERFORM public.foundation_keep_value(made, 'article', to_json(btrim(article))::text);
    PERFORM public.foundation_keep_value(made, 'fields',
        (SELECT '[' || string_agg(to_json(f.field)::text, ',' ORDER BY f.field) || ']'
            FROM unnest(fields) AS f (field)));
    PERFORM public.foundation_keep_value(made, 'erased', '[' || array_to_string(gone, ',') || ']');
    RETURN made;
END $$;

CREATE FUNCTION foundation_purge_access() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
    made bigint;
    kept smallint;
BEGIN
    SELECT months INTO kept FROM public.foundation_retention WHERE code = 'access_log';
    IF kept IS NULL THEN
        RETURN 0;
    END IF;
    DELETE FROM public.foundation_accesslog WHERE at < now() - make_interval(months => kept);
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone > 0 THEN
        INSERT INTO public.foundation_event (public_id, at, account_name, role, door, verb, kind, record, title,
                why)
            VALUES (gen_random_uuid(), now(), '', 'system', 'system', 'purge', 'access_log',
                '00000000-0000-0000-0000-000000000000', '', '') RETURNING id INTO made;
        PERFORM public.foundation_keep_value(made, 'lines', gone::text);
        PERFORM public.foundation_keep_value(made, 'months', kept::text);
    END IF;
    RETURN gone;
END $$;

REVOKE ALL ON FUNCTION foundation_keep_value(bigint, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION foundation_purge_access() FROM PUBLIC;
REVOKE ALL ON FUNCTION foundation_erase(text, uuid, text[], text, text, text, uuid, text, text, uuid, uuid, text)
    FROM PUBLIC;
"""
_UNDO = """
DROP FUNCTION foundation_purge_access();
DROP FUNCTION foundation_erase(text, uuid, text[], text, text, text, uuid, text, text, uuid, uuid, text);
DROP FUNCTION foundation_keep_value(bigint, text, text);
DROP FUNCTION foundation_digested(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0005_personal")]

    operations = [migrations.RunSQL(_ERASE, _UNDO)]
