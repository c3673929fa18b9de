package dev.bezant.server.ops;

import dev.bezant.server.account.Accounts;
import dev.bezant.server.account.ApiKeys;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.database.Database;
import dev.bezant.server.kernel.Ids;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What features stand on. The database is reachable and migrated.
 *
 * @param data the data directory; {@code vault} in it is the vault's
 */
public record Platform(Settings settings, Path data, Database database, Clock clock, Ids ids, Audit audit, Accounts accounts, ApiKeys keys) {
    static Platform of(Settings settings, Path data, Database database) {
        Clock clock = Clock.systemUTC();
        var ids = new Ids(clock);
        var audit = new Audit(ids);
        return new Platform(settings, data, database, clock, ids, audit, new Accounts(database, audit, ids), new ApiKeys(database, audit, ids, clock));
    }
}
