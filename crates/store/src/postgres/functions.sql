-- The nexus_… functions on PostgreSQL, with the results of nexus_model::expr::functions. All are strict: of a
-- null they make a null. A decimal is a numeric that fits what rust_decimal holds: an integer of 96 bits with at
-- most 28 decimals.

CREATE OR REPLACE FUNCTION nexus.nexus_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT lower(value COLLATE "und-x-icu") COLLATE "C" $$;

CREATE OR REPLACE FUNCTION nexus.instr(whole text, part text) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT strpos(whole, part)::bigint $$;

CREATE OR REPLACE FUNCTION nexus.nexus_int(sign text, a bigint, b bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE result numeric;
BEGIN
    CASE sign
        WHEN '+' THEN result := a::numeric + b;
        WHEN '-' THEN result := a::numeric - b;
        WHEN '*' THEN result := a::numeric * b;
        WHEN '/' THEN result := div(a::numeric, nullif(b, 0)::numeric);
        WHEN '%' THEN result := mod(a::numeric, nullif(b, 0)::numeric);
    END CASE;
    IF result BETWEEN -9223372036854775808 AND 9223372036854775807 THEN
        RETURN result::bigint;
    END IF;
    RETURN NULL;
END $$;

-- dividend / divisor with as many decimals as fit, at most 28, the last of them rounded half to even.
CREATE OR REPLACE FUNCTION nexus.nexus_fit(dividend numeric, divisor numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    most CONSTANT numeric := 79228162514264337593543950335;
    decimals int := 28;
    scaled numeric;
    whole numeric;
    rest numeric;
BEGIN
    IF divisor = 1 AND scale(dividend) <= 28 AND abs(dividend) * ('1e' || scale(dividend))::numeric <= most THEN
        RETURN trim_scale(dividend);
    END IF;
    WHILE decimals >= 0 LOOP
        scaled := abs(dividend) * ('1e' || decimals)::numeric;
        whole := div(scaled, abs(divisor));
        IF whole <= most THEN
            rest := 2 * (scaled - whole * abs(divisor)) - abs(divisor);
            IF rest > 0 OR (rest = 0 AND mod(whole, 2) = 1) THEN
                whole := whole + 1;
            END IF;
        END IF;
        IF whole <= most THEN
            RETURN trim_scale(sign(dividend) * sign(divisor) * whole * ('1e-' || decimals)::numeric);
        END IF;
        decimals := decimals - 1;
    END LOOP;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION nexus.nexus_number(sign text, a numeric, b numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    CASE sign
        WHEN '+' THEN RETURN nexus.nexus_fit(a + b, 1);
        WHEN '-' THEN RETURN nexus.nexus_fit(a - b, 1);
        WHEN '*' THEN RETURN nexus.nexus_fit(a * b, 1);
        WHEN '/' THEN RETURN nexus.nexus_fit(a, nullif(b, 0));
        WHEN '%' THEN RETURN nexus.nexus_fit(mod(a, nullif(b, 0)), 1);
    END CASE;
END $$;

CREATE OR REPLACE FUNCTION nexus.nexus_decimal(stored bigint, decimals bigint) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT trim_scale(stored * ('1e-' || decimals)::numeric) $$;

CREATE OR REPLACE FUNCTION nexus.nexus_scaled(value numeric, decimals bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE result numeric := round(value, decimals::int) * ('1e' || decimals)::numeric;
BEGIN
    IF result BETWEEN -9223372036854775808 AND 9223372036854775807 THEN
        RETURN result::bigint;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION nexus.nexus_currency(code text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT CASE WHEN code ~ '^[A-Z]{3}$' AND length(code) = 3 THEN code END $$;

-- Years are counted with a year 0, as ISO 8601 has them.
CREATE OR REPLACE FUNCTION nexus.nexus_date_part(part text, day date) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT date_part(part, day)::bigint
        + CASE WHEN part = 'year' AND extract(year FROM day) < 0 THEN 1 ELSE 0 END $$;

CREATE OR REPLACE FUNCTION nexus.nexus_date_text(day date) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lpad(nexus.nexus_date_part('year', day)::text, 4, '0') || to_char(day, '-MM-DD') $$;

CREATE OR REPLACE FUNCTION nexus.nexus_date_add_days(day date, days bigint) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN days BETWEEN date '0001-01-01 BC' - day AND date '9999-12-31' - day THEN day + days::int END $$;

CREATE OR REPLACE FUNCTION nexus.nexus_moment_add_days(moment timestamptz, days bigint) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    seconds numeric := extract(epoch FROM moment) + days::numeric * 86400;
BEGIN
    -- From the year 0 to the last moment that jiff knows.
    IF seconds NOT BETWEEN -62167219200 AND 253402207200.999999 THEN
        RETURN NULL;
    END IF;
    RETURN ((moment AT TIME ZONE 'UTC') + days::int * interval '1 day') AT TIME ZONE 'UTC';
END $$;

CREATE OR REPLACE FUNCTION nexus.nexus_days_between(later date, earlier date) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT (later - earlier)::bigint $$;

CREATE OR REPLACE FUNCTION nexus.nexus_day_of(moment timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT (moment AT TIME ZONE 'UTC')::date $$;

-- A day as the text that starts its bucket; a week is named by its Monday.
CREATE OR REPLACE FUNCTION nexus.nexus_bucket(part text, day date) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE part
        WHEN 'day' THEN nexus.nexus_date_text(day)
        WHEN 'week' THEN nexus.nexus_date_text(day - (extract(isodow FROM day)::int - 1))
        WHEN 'month' THEN left(nexus.nexus_date_text(day), 7)
        WHEN 'quarter' THEN left(nexus.nexus_date_text(day), 4) || '-Q' || extract(quarter FROM day)
        WHEN 'year' THEN left(nexus.nexus_date_text(day), 4)
    END $$;
