package dev.bezant.server.method;

import dev.bezant.server.customer.CustomerRoutes;
import dev.bezant.server.customer.Customers;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.Partitions;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.Api;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.testing.SettableClock;
import dev.bezant.server.search.Searches;
import dev.bezant.server.testing.TestApi;
import dev.bezant.server.testing.TestDatabase;
import dev.bezant.server.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Customers and payment methods over HTTP, on a real database and a real vault. */
public final class MethodWorld implements AutoCloseable {
    public static final String CARD = "type=card&card[number]=4242424242424242&card[exp_month]=12&card[exp_year]=2034&card[cvc]=737";

    public final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
    public final Ids ids = new Ids(clock);
    public final Vault vault;
    public final PaymentMethods methods;
    public final TestApi api;

    private final TestDatabase testDatabase = TestDatabase.create();
    private final Path directory;

    public MethodWorld() {
        try {
            directory = Files.createTempDirectory("vault");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        vault = Vault.open(directory, clock, ids);
        var events = new Events(ids);
        methods = new PaymentMethods(vault, events, ids, clock);
        var customers = new Customers(events);
        var expansion = new Expansion();
        var customerRoutes = new CustomerRoutes(new CustomerRoutes.Tools(database(), customers, methods, events, account -> "eur",
                new Searches(database(), vault::requestFingerprint), ids, clock));
        customers.register(expansion, database());
        customerRoutes.register(expansion);
        methods.register(expansion, database());
        api = TestApi.start(database(), ids, expansion, vault::requestFingerprint, Api.routes(
                new PaymentMethodRoutes(database(), methods, customers, events, clock).routes(),
                customerRoutes.routes()));
    }

    public Database database() {
        return testDatabase.database();
    }

    public String customer() {
        return created("/v1/customers", "");
    }

    public String method() {
        return created("/v1/payment_methods", CARD);
    }

    /** Creates something a second after the last, so that lists have an order by time too. */
    public String created(String path, String form) {
        clock.advance(Duration.ofSeconds(1));
        TestApi.Answer answer = api.post(path, form);
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return answer.id();
    }

    /** {@code type object_id} of every event in the order of writing (events are never updated, so that is their place in the table). */
    public List<String> events() {
        return database().sql("select type, object_id from event order by ctid")
                .list(row -> row.text("type") + " " + row.text("object_id"));
    }

    /** The data of the latest event of a type. */
    public String eventData(String type) {
        return database().sql("select data from event where type = :type order by ctid desc limit 1")
                .bind("type", type)
                .one(row -> row.text("data"))
                .orElseThrow();
    }

    /** Every row of every table, as text. */
    public String everything() {
        var all = new StringBuilder();
        database().sql("select table_name::text as name from information_schema.tables where table_schema = 'public' and table_name not like 'flyway%'")
                .list(row -> row.text("name"))
                .forEach(table -> database().sql("select t::text as row from " + table + " t")
                        .list(row -> row.text("row"))
                        .forEach(row -> all.append(table).append(' ').append(row).append('\n')));
        return all.toString();
    }

    @Override
    public void close() {
        api.close();
        testDatabase.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
