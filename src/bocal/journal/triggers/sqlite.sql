-- The rules of the journal on SQLite. Words in braces are filled in from craft/journal/decisions.py.
-- Everything is written as « refuse unless proven »: a missing row, a NULL or a value of the wrong type never
-- passes. Nothing relies on CHECK, foreign keys or recursive_triggers, which any connection may switch off.

-- A movement: into a transaction not yet sealed, between accounts that may hold it, never mixing owners,
-- first out of where the lot comes from, and never letting an unreleased jar out.
CREATE TRIGGER bocal_movement_is_allowed BEFORE INSERT ON journal_movement
BEGIN
    SELECT RAISE(ABORT, 'bocal:transaction_is_sealed')
    WHERE EXISTS (SELECT 1 FROM journal_transaction WHERE id = NEW.transaction_id);

    SELECT RAISE(ABORT, 'bocal:movement_moves_nothing')
    WHERE typeof(NEW.quantity) <> 'integer' OR NEW.quantity <= 0 OR NEW.source_id = NEW.target_id;

    SELECT RAISE(ABORT, 'bocal:wrong_kind_of_account')
    WHERE NOT EXISTS (
        SELECT 1 FROM journal_account AS source JOIN journal_account AS target ON target.id = NEW.target_id
        WHERE source.id = NEW.source_id
        AND CASE
            WHEN NEW.lot_id IS NOT NULL AND NEW.currency = ''
                THEN source.kind IN ('place', 'party', 'batch', 'sink') AND target.kind IN ('place', 'party', 'batch', 'sink')
            WHEN NEW.lot_id IS NULL AND NEW.currency = 'EUR'
                THEN source.kind IN ('party', 'till') AND target.kind IN ('party', 'till')
            WHEN NEW.lot_id IS NULL AND NEW.currency = 'MIN'
                THEN source.kind IN ('party', 'time') AND target.kind IN ('party', 'time')
        END
    );

    SELECT RAISE(ABORT, 'bocal:batch_mixes_owners')
    WHERE NEW.lot_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM journal_lot AS lot
        WHERE lot.id = NEW.lot_id AND NOT EXISTS (
            SELECT 1 FROM journal_account AS batch
            WHERE batch.id IN (NEW.source_id, NEW.target_id) AND batch.kind = 'batch'
            AND batch.owner_id IS NOT lot.owner_id
        )
    );

    SELECT RAISE(ABORT, 'bocal:lot_comes_out_of_its_batch')
    FROM journal_lot AS lot
    WHERE lot.id = NEW.lot_id AND lot.batch_id IS NOT NULL AND lot.batch_id <> NEW.source_id
    AND NOT EXISTS (SELECT 1 FROM journal_movement WHERE lot_id = NEW.lot_id);

    SELECT RAISE(ABORT, 'bocal:lot_comes_from_somebody')
    FROM journal_lot AS lot JOIN journal_account AS source ON source.id = NEW.source_id
    WHERE lot.id = NEW.lot_id AND lot.batch_id IS NULL AND source.kind <> 'party' AND source.sink <> 'stocktake'
    AND NOT EXISTS (SELECT 1 FROM journal_movement WHERE lot_id = NEW.lot_id);

    SELECT RAISE(ABORT, 'bocal:jar_without_start')
    FROM journal_lot AS lot
    WHERE lot.id = NEW.lot_id AND lot.kind = 'jar'
    AND NOT EXISTS (SELECT 1 FROM journal_decision WHERE lot_id = lot.id);

    SELECT RAISE(ABORT, 'bocal:unreleased_jar')
    FROM journal_lot AS lot JOIN journal_account AS target ON target.id = NEW.target_id
    WHERE lot.id = NEW.lot_id AND lot.kind = 'jar'
    AND NOT (
        target.kind = 'batch'
        OR target.kind = 'place' AND target.quarantine = 1
        OR target.kind = 'sink' AND target.sink IN ({safe_sinks})
    )
    AND NOT COALESCE((
        SELECT decision.kind IN ({free_states}) FROM journal_decision AS decision
        WHERE decision.lot_id = lot.id ORDER BY decision.sequence DESC LIMIT 1
    ), 0);
END;

-- Running balances: a row appears with the first movement and goes when nothing is left.
CREATE TRIGGER bocal_movement_of_a_lot_moves_balances AFTER INSERT ON journal_movement
WHEN NEW.lot_id IS NOT NULL
BEGIN
    INSERT INTO journal_balance (account_id, lot_id, currency, quantity)
    SELECT account.id, NEW.lot_id, '', 0 FROM journal_account AS account
    WHERE account.id IN (NEW.source_id, NEW.target_id) AND NOT EXISTS (
        SELECT 1 FROM journal_balance AS kept WHERE kept.account_id = account.id AND kept.lot_id = NEW.lot_id
    );
    UPDATE journal_balance
    SET quantity = quantity + CASE account_id WHEN NEW.target_id THEN NEW.quantity ELSE -NEW.quantity END
    WHERE account_id IN (NEW.source_id, NEW.target_id) AND lot_id = NEW.lot_id;
    DELETE FROM journal_balance
    WHERE account_id IN (NEW.source_id, NEW.target_id) AND lot_id = NEW.lot_id AND quantity = 0;
END;

CREATE TRIGGER bocal_movement_of_money_moves_balances AFTER INSERT ON journal_movement
WHEN NEW.lot_id IS NULL
BEGIN
    INSERT INTO journal_balance (account_id, lot_id, currency, quantity)
    SELECT account.id, NULL, NEW.currency, 0 FROM journal_account AS account
    WHERE account.id IN (NEW.source_id, NEW.target_id) AND NOT EXISTS (
        SELECT 1 FROM journal_balance AS kept
        WHERE kept.account_id = account.id AND kept.lot_id IS NULL AND kept.currency = NEW.currency
    );
    UPDATE journal_balance
    SET quantity = quantity + CASE account_id WHEN NEW.target_id THEN NEW.quantity ELSE -NEW.quantity END
    WHERE account_id IN (NEW.source_id, NEW.target_id) AND lot_id IS NULL AND currency = NEW.currency;
    DELETE FROM journal_balance
    WHERE account_id IN (NEW.source_id, NEW.target_id) AND lot_id IS NULL AND currency = NEW.currency
    AND quantity = 0;
END;

-- A transaction seals the movements written before it. A correction crosses every leg of what it corrects.
CREATE TRIGGER bocal_transaction_is_allowed BEFORE INSERT ON journal_transaction
BEGIN
    SELECT RAISE(ABORT, 'bocal:transaction_moves_nothing')
    WHERE NOT EXISTS (SELECT 1 FROM journal_movement WHERE transaction_id = NEW.id);

    SELECT RAISE(ABORT, 'bocal:batch_gives_only_what_it_made')
    FROM journal_movement AS moved
    JOIN journal_account AS source ON source.id = moved.source_id AND source.kind = 'batch'
    JOIN journal_lot AS lot ON lot.id = moved.lot_id
    WHERE NEW.reverses_id IS NULL AND moved.transaction_id = NEW.id AND lot.batch_id IS NOT source.id;

    SELECT RAISE(ABORT, 'bocal:batch_takes_its_own')
    FROM journal_movement AS moved JOIN journal_lot AS lot ON lot.id = moved.lot_id
    WHERE NEW.reverses_id IS NULL AND moved.transaction_id = NEW.id AND lot.batch_id = moved.target_id;

    SELECT RAISE(ABORT, 'bocal:made_after_opening')
    FROM journal_movement AS moved
    JOIN journal_lot AS lot ON lot.id = moved.lot_id AND lot.batch_id = moved.source_id
    JOIN journal_decision AS decision ON decision.lot_id = lot.id AND decision.kind = 'prior'
    WHERE moved.transaction_id = NEW.id
    AND NOT COALESCE(date(NEW.happened_at) < (SELECT MIN(date(opened_on)) FROM journal_opening), 0);

    SELECT RAISE(ABORT, 'bocal:reversal_of_reversal')
    WHERE EXISTS (SELECT 1 FROM journal_transaction WHERE id = NEW.reverses_id AND reverses_id IS NOT NULL);

    SELECT RAISE(ABORT, 'bocal:reversed_once')
    WHERE EXISTS (SELECT 1 FROM journal_transaction WHERE reverses_id = NEW.reverses_id);

    SELECT RAISE(ABORT, 'bocal:reversal_unlike')
    WHERE NEW.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM journal_transaction
        WHERE id = NEW.reverses_id AND kind = NEW.kind AND happened_at = NEW.happened_at
    );

    SELECT RAISE(ABORT, 'bocal:reversal_is_not_the_mirror')
    WHERE NEW.reverses_id IS NOT NULL AND (
        (SELECT COUNT(*) FROM journal_movement WHERE transaction_id = NEW.id)
        <> (SELECT COUNT(*) FROM journal_movement WHERE transaction_id = NEW.reverses_id)
        OR EXISTS (
            SELECT lot_id, currency, quantity, source_id, target_id, COUNT(*) FROM journal_movement
            WHERE transaction_id = NEW.id GROUP BY lot_id, currency, quantity, source_id, target_id
            EXCEPT
            SELECT lot_id, currency, quantity, target_id, source_id, COUNT(*) FROM journal_movement
            WHERE transaction_id = NEW.reverses_id GROUP BY lot_id, currency, quantity, target_id, source_id
        )
    );
END;

-- A decision follows the one before it. Releasing takes a second person, and not before the start.
CREATE TRIGGER bocal_decision_is_allowed BEFORE INSERT ON journal_decision
BEGIN
    SELECT RAISE(ABORT, 'bocal:decision_out_of_rank')
    WHERE NEW.sequence IS NOT (
        SELECT COALESCE(MAX(sequence), 0) + 1 FROM journal_decision WHERE lot_id = NEW.lot_id
    );

    SELECT RAISE(ABORT, 'bocal:decision_out_of_order')
    WHERE COALESCE((
        SELECT kind FROM journal_decision WHERE lot_id = NEW.lot_id ORDER BY sequence DESC LIMIT 1
    ), '') || '>' || NEW.kind NOT IN ({next_decisions});

    SELECT RAISE(ABORT, 'bocal:prior_is_before_opening')
    WHERE NEW.kind = 'prior' AND NOT EXISTS (
        SELECT 1 FROM journal_lot
        WHERE id = NEW.lot_id AND date(made_on) < (SELECT MIN(date(opened_on)) FROM journal_opening)
    );

    SELECT RAISE(ABORT, 'bocal:release_needs_a_second_person')
    WHERE NEW.kind = 'release' AND (
        NOT EXISTS (SELECT 1 FROM people_person WHERE id = NEW.by_id)
        OR EXISTS (
            SELECT 1 FROM journal_decision WHERE lot_id = NEW.lot_id AND kind = 'start' AND by_id = NEW.by_id
        )
    );

    SELECT RAISE(ABORT, 'bocal:release_before_start')
    FROM journal_decision AS start
    WHERE NEW.kind = 'release' AND start.lot_id = NEW.lot_id AND start.kind = 'start'
    AND NOT COALESCE(julianday(NEW.decided_at) >= julianday(start.decided_at), 0);
END;

-- A lot is what its kind says: jars, and only jars, leave a batch in pieces; nobody's batch makes another's lot.
CREATE TRIGGER bocal_lot_is_allowed BEFORE INSERT ON journal_lot
BEGIN
    SELECT RAISE(ABORT, 'bocal:lot_is_not_what_it_says')
    WHERE NOT COALESCE(CASE
        WHEN NEW.kind IN ('raw', 'supply') THEN NEW.batch_id IS NULL
        WHEN NEW.kind = 'jar' THEN NEW.unit = 'piece' AND NEW.batch_id IS NOT NULL
        WHEN NEW.kind IN ('semi_finished', 'bulk', 'waste', 'eaten')
            THEN NEW.batch_id IS NOT NULL AND NEW.unit IN ('g', 'ml') AND NEW.capacity_ml IS NULL
    END, 0);

    SELECT RAISE(ABORT, 'bocal:batch_mixes_owners')
    WHERE NEW.batch_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM journal_account WHERE id = NEW.batch_id AND kind = 'batch' AND owner_id = NEW.owner_id
    );
END;

-- An account is a quarantine when its place is one, and a place that has an account stays what it was.
CREATE TRIGGER bocal_account_is_allowed BEFORE INSERT ON journal_account
WHEN NEW.quarantine IS NOT COALESCE((
    SELECT quarantine FROM territory_place WHERE id = NEW.place_id AND NEW.kind = 'place'
), 0)
BEGIN
    SELECT RAISE(ABORT, 'bocal:quarantine_is_for_good');
END;

CREATE TRIGGER bocal_place_keeps_its_quarantine BEFORE UPDATE ON territory_place
WHEN NEW.quarantine IS NOT OLD.quarantine AND EXISTS (SELECT 1 FROM journal_account WHERE place_id = OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'bocal:quarantine_is_for_good');
END;

-- The journal opens once, and not later than the day somebody says so (a day of grace for time zones).
CREATE TRIGGER bocal_opening_is_allowed BEFORE INSERT ON journal_opening
BEGIN
    SELECT RAISE(ABORT, 'bocal:already_there') WHERE EXISTS (SELECT 1 FROM journal_opening);

    SELECT RAISE(ABORT, 'bocal:opening_in_the_future')
    WHERE NOT COALESCE(date(NEW.opened_on) <= date(NEW.recorded_at, '+1 day'), 0);
END;
