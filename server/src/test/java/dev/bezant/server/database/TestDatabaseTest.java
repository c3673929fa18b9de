package dev.bezant.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.testing.TestDatabase;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
    @Test
    void each_test_gets_a_migrated_database_of_its_own() {
        try (TestDatabase one = TestDatabase.create();
                TestDatabase other = TestDatabase.create()) {
            one.database().sql("insert into account (id, name) values ('acct_1', 'Shop')").update();
            assertThat(one.database().pendingMigrations()).isZero();
            assertThat(accounts(one)).isEqualTo(1);
            assertThat(accounts(other)).isZero();
        }
    }

    @Test
    void migrating_twice_changes_nothing() {
        try (TestDatabase db = TestDatabase.empty()) {
            assertThat(db.database().migrate()).isPositive();
            assertThat(db.database().migrate()).isZero();
        }
    }

    private static long accounts(TestDatabase db) {
        return db.database().sql("select count(*) as n from account").one(row -> row.number("n")).orElseThrow();
    }
}
