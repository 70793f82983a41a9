-- The rules of the journal on PostgreSQL, one function each; `postgres.py` says which table calls it when.
-- Words in braces are filled in. Every function sees our schema first and temporary tables last, so that a
-- temporary table called journal_decision fools nobody. A lot's row is locked before its state is read:
-- while somebody blocks a lot, nobody moves it. That holds when each statement sees what was committed
-- before it began, hence READ COMMITTED and nothing else.

CREATE OR REPLACE FUNCTION bocal_refuse_change() RETURNS trigger LANGUAGE plpgsql {safely} AS $bocal$
BEGIN
    RAISE EXCEPTION 'bocal:journal_is_append_only' USING ERRCODE = '23001';
END
$bocal$;

CREATE OR REPLACE FUNCTION bocal_movement_is_allowed() RETURNS trigger LANGUAGE plpgsql {safely} AS $bocal$
DECLARE
    source journal_account;
    target journal_account;
    lot journal_lot;
    state text;
    moved_before boolean;
    refusal text;
BEGIN
    SELECT * INTO source FROM journal_account WHERE id = NEW.source_id;
    SELECT * INTO target FROM journal_account WHERE id = NEW.target_id;
    IF NEW.lot_id IS NOT NULL THEN
        SELECT * INTO lot FROM journal_lot WHERE id = NEW.lot_id FOR NO KEY UPDATE;
        moved_before := EXISTS (SELECT 1 FROM journal_movement WHERE lot_id = NEW.lot_id);
        state := (
            SELECT kind FROM journal_decision WHERE lot_id = NEW.lot_id ORDER BY sequence DESC LIMIT 1
        );
    END IF;

    refusal := CASE
        WHEN current_setting('transaction_isolation') <> 'read committed' THEN 'journal_writes_read_committed'
        WHEN EXISTS (SELECT 1 FROM journal_transaction WHERE id = NEW.transaction_id) THEN 'transaction_is_sealed'
        WHEN NOT COALESCE(NEW.quantity > 0 AND NEW.source_id <> NEW.target_id, false) THEN 'movement_moves_nothing'
        WHEN NOT COALESCE(CASE
            WHEN NEW.lot_id IS NOT NULL AND NEW.currency = ''
                THEN source.kind IN ('place', 'party', 'batch', 'sink') AND target.kind IN ('place', 'party', 'batch', 'sink')
            WHEN NEW.lot_id IS NULL AND NEW.currency = 'EUR'
                THEN source.kind IN ('party', 'till') AND target.kind IN ('party', 'till')
            WHEN NEW.lot_id IS NULL AND NEW.currency = 'MIN'
                THEN source.kind IN ('party', 'time') AND target.kind IN ('party', 'time')
        END, false) THEN 'wrong_kind_of_account'
    END;

    IF refusal IS NULL AND NEW.lot_id IS NOT NULL THEN
        refusal := CASE
            WHEN lot.id IS NULL
                OR source.kind = 'batch' AND source.owner_id IS DISTINCT FROM lot.owner_id
                OR target.kind = 'batch' AND target.owner_id IS DISTINCT FROM lot.owner_id THEN 'batch_mixes_owners'
            WHEN lot.batch_id IS NOT NULL AND lot.batch_id <> source.id AND NOT moved_before
                THEN 'lot_comes_out_of_its_batch'
            WHEN lot.batch_id IS NULL AND source.kind <> 'party' AND source.sink <> 'stocktake' AND NOT moved_before
                THEN 'lot_comes_from_somebody'
            WHEN lot.kind = 'jar' AND state IS NULL THEN 'jar_without_start'
            WHEN lot.kind = 'jar' AND state NOT IN ({free_states})
                AND NOT (
                    target.kind = 'batch'
                    OR target.kind = 'place' AND target.quarantine
                    OR target.kind = 'sink' AND target.sink IN ({safe_sinks})
                ) THEN 'unreleased_jar'
        END;
    END IF;

    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION 'bocal:%', refusal USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END
$bocal$;

-- A row appears with the first movement and goes when nothing is left; accounts in the order of their keys,
-- so that two transactions never wait for each other.
CREATE OR REPLACE FUNCTION bocal_movement_moves_balances() RETURNS trigger LANGUAGE plpgsql {safely} AS $bocal$
BEGIN
    IF NEW.lot_id IS NOT NULL THEN
        INSERT INTO journal_balance AS kept (account_id, lot_id, currency, quantity)
        SELECT side.account_id, NEW.lot_id, '', side.quantity
        FROM (VALUES (NEW.source_id, -NEW.quantity), (NEW.target_id, NEW.quantity)) AS side (account_id, quantity)
        ORDER BY side.account_id
        ON CONFLICT (account_id, lot_id) WHERE lot_id IS NOT NULL
        DO UPDATE SET quantity = kept.quantity + EXCLUDED.quantity;
        DELETE FROM journal_balance
        WHERE account_id IN (NEW.source_id, NEW.target_id) AND lot_id = NEW.lot_id AND quantity = 0;
    ELSE
        INSERT INTO journal_balance AS kept (account_id, lot_id, currency, quantity)
        SELECT side.account_id, NULL, NEW.currency, side.quantity
        FROM (VALUES (NEW.source_id, -NEW.quantity), (NEW.target_id, NEW.quantity)) AS side (account_id, quantity)
        ORDER BY side.account_id
        ON CONFLICT (account_id, currency) WHERE lot_id IS NULL
        DO UPDATE SET quantity = kept.quantity + EXCLUDED.quantity;
        DELETE FROM journal_balance
        WHERE account_id IN (NEW.source_id, NEW.target_id) AND lot_id IS NULL AND currency = NEW.currency
        AND quantity = 0;
    END IF;
    RETURN NULL;
END
$bocal$;

-- At commit: the transaction's row was written by the very database transaction that wrote the movement.
-- A row that can be seen while its writer is still in progress was written by ourselves. A row remembers its
-- writer by 32 bits only: the number meant is the one nearest to ours.
CREATE OR REPLACE FUNCTION bocal_movement_is_sealed() RETURNS trigger LANGUAGE plpgsql {safely} AS $bocal$
DECLARE
    ours bigint := pg_current_xact_id()::text::bigint;
    writer bigint := (SELECT xmin::text::bigint FROM journal_transaction WHERE id = NEW.transaction_id);
    ahead bigint := writer - ours % 4294967296;
BEGIN
    ahead := ahead - CASE WHEN ahead > 2147483648 THEN 4294967296 WHEN ahead < -2147483648 THEN -4294967296 ELSE 0 END;
    IF pg_xact_status((ours + ahead)::text::xid8) IS DISTINCT FROM 'in progress' THEN
        RAISE EXCEPTION 'bocal:transaction_is_sealed' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END
$bocal$;

CREATE OR REPLACE FUNCTION bocal_transaction_is_allowed() RETURNS trigger LANGUAGE plpgsql {safely} AS $bocal$
DECLARE
    reversed journal_transaction;
    refusal text;
BEGIN
    SELECT * INTO reversed FROM journal_transaction WHERE id = NEW.reverses_id;
    refusal := CASE
        WHEN NOT EXISTS (SELECT 1 FROM journal_movement WHERE transaction_id = NEW.id) THEN 'transaction_moves_nothing'
        WHEN NEW.reverses_id IS NULL AND EXISTS (
            SELECT 1 FROM journal_movement AS moved
            JOIN journal_account AS source ON source.id = moved.source_id AND source.kind = 'batch'
            JOIN journal_lot AS lot ON lot.id = moved.lot_id
            WHERE moved.transaction_id = NEW.id AND lot.batch_id IS DISTINCT FROM source.id
        ) THEN 'batch_gives_only_what_it_made'
        WHEN NEW.reverses_id IS NULL AND EXISTS (
            SELECT 1 FROM journal_movement AS moved JOIN journal_lot AS lot ON lot.id = moved.lot_id
            WHERE moved.transaction_id = NEW.id AND lot.batch_id = moved.target_id
        ) THEN 'batch_takes_its_own'
        WHEN EXISTS (
            SELECT 1 FROM journal_movement AS moved
            JOIN journal_lot AS lot ON lot.id = moved.lot_id AND lot.batch_id = moved.source_id
            JOIN journal_decision AS decision ON decision.lot_id = lot.id AND decision.kind = 'prior'
            WHERE moved.transaction_id = NEW.id
        ) AND NOT COALESCE(
            (NEW.happened_at AT TIME ZONE 'UTC')::date < (SELECT MIN(opened_on) FROM journal_opening), false
        ) THEN 'made_after_opening'
        WHEN reversed.reverses_id IS NOT NULL THEN 'reversal_of_reversal'
        WHEN EXISTS (SELECT 1 FROM journal_transaction WHERE reverses_id = NEW.reverses_id) THEN 'reversed_once'
        WHEN NEW.reverses_id IS NOT NULL
            AND (reversed.kind, reversed.happened_at) IS DISTINCT FROM (NEW.kind, NEW.happened_at) THEN 'reversal_unlike'
        WHEN NEW.reverses_id IS NOT NULL AND (
            (SELECT COUNT(*) FROM journal_movement WHERE transaction_id = NEW.id)
            <> (SELECT COUNT(*) FROM journal_movement WHERE transaction_id = NEW.reverses_id)
            OR EXISTS (
                SELECT lot_id, currency, quantity, source_id, target_id, COUNT(*) FROM journal_movement
                WHERE transaction_id = NEW.id GROUP BY lot_id, currency, quantity, source_id, target_id
                EXCEPT
                SELECT lot_id, currency, quantity, target_id, source_id, COUNT(*) FROM journal_movement
                WHERE transaction_id = NEW.reverses_id GROUP BY lot_id, currency, quantity, target_id, source_id
            )
        ) THEN 'reversal_is_not_the_mirror'
    END;
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION 'bocal:%', refusal USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END
$bocal$;

CREATE OR REPLACE FUNCTION bocal_decision_is_allowed() RETURNS trigger LANGUAGE plpgsql {safely} AS $bocal$
DECLARE
    lot journal_lot;
    last journal_decision;
    start journal_decision;
    refusal text;
BEGIN
    SELECT * INTO lot FROM journal_lot WHERE id = NEW.lot_id FOR NO KEY UPDATE;
    SELECT * INTO last FROM journal_decision WHERE lot_id = NEW.lot_id ORDER BY sequence DESC LIMIT 1;
    SELECT * INTO start FROM journal_decision WHERE lot_id = NEW.lot_id AND kind = 'start';
    refusal := CASE
        WHEN current_setting('transaction_isolation') <> 'read committed' THEN 'journal_writes_read_committed'
        WHEN NEW.sequence IS DISTINCT FROM COALESCE(last.sequence, 0) + 1 THEN 'decision_out_of_rank'
        WHEN COALESCE(last.kind, '') || '>' || NEW.kind NOT IN ({next_decisions}) THEN 'decision_out_of_order'
        WHEN NEW.kind = 'prior'
            AND NOT COALESCE(lot.made_on < (SELECT MIN(opened_on) FROM journal_opening), false)
            THEN 'prior_is_before_opening'
        WHEN NEW.kind = 'release' AND start.by_id = NEW.by_id THEN 'release_needs_a_second_person'
        WHEN NEW.kind = 'release' AND start.id IS NOT NULL AND NOT COALESCE(NEW.decided_at >= start.decided_at, false)
            THEN 'release_before_start'
    END;
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION 'bocal:%', refusal USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END
$bocal$;

CREATE OR REPLACE FUNCTION bocal_lot_is_allowed() RETURNS trigger LANGUAGE plpgsql {safely} AS $bocal$
BEGIN
    IF NEW.batch_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM journal_account WHERE id = NEW.batch_id AND kind = 'batch' AND owner_id = NEW.owner_id
    ) THEN
        RAISE EXCEPTION 'bocal:batch_mixes_owners' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END
$bocal$;

CREATE OR REPLACE FUNCTION bocal_account_is_allowed() RETURNS trigger LANGUAGE plpgsql {safely} AS $bocal$
BEGIN
    IF NEW.quarantine IS DISTINCT FROM COALESCE(
        (SELECT quarantine FROM territory_place WHERE id = NEW.place_id AND NEW.kind = 'place' FOR SHARE), false
    ) THEN
        RAISE EXCEPTION 'bocal:quarantine_is_for_good' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END
$bocal$;

CREATE OR REPLACE FUNCTION bocal_place_keeps_its_quarantine() RETURNS trigger LANGUAGE plpgsql {safely} AS $bocal$
BEGIN
    IF NEW.quarantine IS DISTINCT FROM OLD.quarantine
        AND EXISTS (SELECT 1 FROM journal_account WHERE place_id = OLD.id) THEN
        RAISE EXCEPTION 'bocal:quarantine_is_for_good' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END
$bocal$;

CREATE OR REPLACE FUNCTION bocal_opening_is_allowed() RETURNS trigger LANGUAGE plpgsql {safely} AS $bocal$
BEGIN
    IF NOT COALESCE(NEW.opened_on <= (NEW.recorded_at AT TIME ZONE 'UTC')::date + 1, false) THEN
        RAISE EXCEPTION 'bocal:opening_in_the_future' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END
$bocal$;
