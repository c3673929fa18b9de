package dev.bezant.server.ops;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.DatabaseException;
import dev.bezant.server.http.HttpServer.Probe;

/** What load balancers and people ask: is the process alive, can it serve. */
public final class Health {
    private enum Phase {
        STARTING,
        READY,
        DRAINING
    }

    private final Database database;
    private volatile Phase phase = Phase.STARTING;
    private volatile boolean migrated;

    public Health(Database database) {
        this.database = database;
    }

    public void becomeReady() {
        phase = Phase.READY;
    }

    public void drain() {
        phase = Phase.DRAINING;
    }

    public Probe live() {
        return new Probe(200, "application/json", "{\"status\":\"alive\"}");
    }

    /** 200 when requests are welcome, the database answers and has every migration of this release; else 503 that says why. */
    public Probe ready() {
        return switch (phase) {
            case STARTING -> notReady("starting");
            case DRAINING -> notReady("draining");
            case READY -> checked();
        };
    }

    private Probe checked() {
        try {
            database.sql("select 1").list(row -> 1);
            if (!migrated) {
                int pending = database.pendingMigrations();
                if (pending > 0) {
                    return notReady(pending + " migrations pending");
                }
                migrated = true;
            }
            return new Probe(200, "application/json", "{\"status\":\"ready\",\"database\":\"up\",\"migrations\":\"current\"}");
        } catch (DatabaseException e) {
            return notReady("database unreachable");
        }
    }

    private static Probe notReady(String why) {
        return new Probe(503, "application/json", "{\"status\":\"" + why + "\"}");
    }
}
