package dev.bezant.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.database.Database;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.jspecify.annotations.Nullable;

/** What the database finds for generated queries is what the queries say, worked out a second time in memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SearchPropertyTest {
    private static final int THINGS = 300;
    private static final int QUERIES = 1500;
    private static final List<String> NAMES = List.of("Ada", "ADA", "ada lovelace", "Zoë", "o'Hara", "100%", "a_b", "back\\slash", "\"quoted\"", "");
    private static final List<String> KEYS = List.of("order", "o'k", "a\"b", "größe");
    private static final List<String> VALUES = List.of("6735", "Blue", "blue", "50%", "x_y", "it's", "");
    private static final SearchFields FIELDS = new SearchFields()
            .text("name", "t.name")
            .token("kind", "t.kind")
            .number("size", "t.size")
            .moment("created", "t.created_at")
            .flag("good", "t.good")
            .metadata("t.metadata", "t.metadata <> '{}'");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final TestDatabase db = TestDatabase.create();
    private final List<Thing> things = new ArrayList<>();

    private record Thing(String id, @Nullable String name, String kind, @Nullable Long size, long createdMicros, @Nullable Boolean good, Map<String, String> metadata) {}

    /** A query and what it means. */
    private record Asked(String text, Predicate<Thing> meaning) {}

    @BeforeAll
    void things() {
        Database database = db.database();
        database.sql("""
                create table thing (id text collate "C" primary key, name text, kind text not null, size bigint, created_at timestamptz not null,
                    good boolean, metadata jsonb not null)
                """).update();
        for (int i = 0; i < THINGS; i++) {
            var thing = new Thing("t" + i, maybe(pick(NAMES)), pick(List.of("red", "green")), maybe((long) random.nextInt(-5, 20)),
                    (1_700_000_000L + random.nextInt(20)) * 1_000_000 + random.nextInt(3) * 499_999L, maybe(random.nextBoolean()), metadata());
            things.add(thing);
            database.sql("""
                            insert into thing (id, name, kind, size, created_at, good, metadata)
                            values (:id, :name, :kind, :size, to_timestamp(:micros / 1000000) + make_interval(secs => (:micros % 1000000) / 1000000.0), :good,
                                :metadata::jsonb)
                            """)
                    .bind("id", thing.id())
                    .bind("name", thing.name())
                    .bind("kind", thing.kind())
                    .bind("size", thing.size())
                    .bind("micros", thing.createdMicros())
                    .bind("good", thing.good())
                    .bind("metadata", Json.write(Json.texts(thing.metadata())))
                    .update();
        }
    }

    @AfterAll
    void close() {
        db.close();
    }

    @Test
    void the_database_finds_what_the_query_means() throws QueryException {
        int foundSomething = 0;
        for (int i = 0; i < QUERIES; i++) {
            Asked asked = asked();
            List<String> found = found(asked.text());
            assertThat(found).as("seed %d, query %s", seed, asked.text())
                    .containsExactlyInAnyOrderElementsOf(things.stream().filter(asked.meaning()).map(Thing::id).toList());
            foundSomething += found.isEmpty() ? 0 : 1;
        }
        assertThat(foundSomething).as("seed %d", seed).isGreaterThan(QUERIES / 3);
    }

    private List<String> found(String query) throws QueryException {
        SearchFields.Condition condition = FIELDS.translate(QueryParser.parse(query));
        return db.database().sql("select id from thing t where " + condition.sql()).bind(condition.values()).list(row -> row.text("id"));
    }

    private Asked asked() {
        List<Asked> clauses = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            clauses.add(clause());
        }
        boolean any = random.nextBoolean();
        String joint = any ? pick(List.of(" OR ", "  or ")) : pick(List.of(" ", " AND ", " and  "));
        String text = clauses.stream().map(Asked::text).collect(Collectors.joining(joint));
        Predicate<Thing> meaning = thing -> any
                ? clauses.stream().anyMatch(clause -> clause.meaning().test(thing))
                : clauses.stream().allMatch(clause -> clause.meaning().test(thing));
        return new Asked(text, meaning);
    }

    private Asked clause() {
        Asked plain = switch (random.nextInt(7)) {
            case 0 -> name();
            case 1 -> kind();
            case 2 -> size();
            case 3 -> created();
            case 4 -> good();
            case 5 -> metadataClause();
            default -> absent();
        };
        return random.nextInt(4) == 0 ? new Asked("-" + plain.text(), plain.meaning().negate()) : plain;
    }

    private Asked name() {
        String wanted = pick(NAMES);
        if (wanted.length() >= 3 && random.nextBoolean()) {
            String part = wanted.substring(random.nextInt(wanted.length() - 2));
            return new Asked("name~" + quoted(part), thing -> thing.name() != null && lower(thing.name()).contains(lower(part)));
        }
        return new Asked("name:" + quoted(wanted), thing -> thing.name() != null && lower(thing.name()).equals(lower(wanted)));
    }

    private Asked kind() {
        String wanted = pick(List.of("red", "green", "Red", "blue"));
        return new Asked("kind" + pick(List.of(":", "=")) + quoted(wanted), thing -> thing.kind().equals(wanted));
    }

    private Asked size() {
        long wanted = random.nextInt(-5, 20);
        return switch (random.nextInt(5)) {
            case 0 -> new Asked("size>" + wanted, thing -> thing.size() != null && thing.size() > wanted);
            case 1 -> new Asked("size<" + wanted, thing -> thing.size() != null && thing.size() < wanted);
            case 2 -> new Asked("size>=" + wanted, thing -> thing.size() != null && thing.size() >= wanted);
            case 3 -> new Asked("size<=" + wanted + ".0", thing -> thing.size() != null && thing.size() <= wanted);
            default -> new Asked("size:" + pick(List.of("" + wanted, "'" + wanted + "'")), thing -> thing.size() != null && thing.size() == wanted);
        };
    }

    /** By whole seconds, as lists filter too. */
    private Asked created() {
        long wanted = 1_700_000_000L + random.nextInt(20);
        return switch (random.nextInt(5)) {
            case 0 -> new Asked("created>" + wanted, thing -> second(thing) > wanted);
            case 1 -> new Asked("created<" + wanted, thing -> second(thing) < wanted);
            case 2 -> new Asked("created>=" + wanted, thing -> second(thing) >= wanted);
            case 3 -> new Asked("created<=" + wanted, thing -> second(thing) <= wanted);
            default -> new Asked("created:" + wanted, thing -> second(thing) == wanted);
        };
    }

    private Asked good() {
        boolean wanted = random.nextBoolean();
        return new Asked("good:" + pick(List.of("" + wanted, "\"" + wanted + "\"")), thing -> thing.good() != null && thing.good() == wanted);
    }

    private Asked metadataClause() {
        String key = pick(KEYS);
        String wanted = pick(VALUES);
        String field = "metadata[" + quoted(key) + "]";
        if (wanted.length() >= 3 && random.nextBoolean()) {
            String part = wanted.substring(0, 3);
            return new Asked(field + "~" + quoted(part),
                    thing -> thing.metadata().containsKey(key) && lower(thing.metadata().getOrDefault(key, "")).contains(lower(part)));
        }
        return new Asked(field + ":" + quoted(wanted), thing -> wanted.equals(thing.metadata().get(key)));
    }

    private Asked absent() {
        return switch (random.nextInt(4)) {
            case 0 -> new Asked("name:null", thing -> thing.name() == null);
            case 1 -> new Asked("size:null", thing -> thing.size() == null);
            case 2 -> new Asked("good:null", thing -> thing.good() == null);
            default -> {
                String key = pick(KEYS);
                yield new Asked("metadata[" + quoted(key) + "]:null", thing -> !thing.metadata().containsKey(key));
            }
        };
    }

    private Map<String, String> metadata() {
        var metadata = new TreeMap<String, String>();
        for (int i = random.nextInt(3); i > 0; i--) {
            metadata.put(pick(KEYS), pick(VALUES));
        }
        return metadata;
    }

    private String quoted(String text) {
        char quote = random.nextBoolean() ? '"' : '\'';
        return quote + text.replace("\\", "\\\\").replace(String.valueOf(quote), "\\" + quote) + quote;
    }

    private <T> @Nullable T maybe(T value) {
        return random.nextInt(5) == 0 ? null : value;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static long second(Thing thing) {
        return Math.floorDiv(thing.createdMicros(), 1_000_000L);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
