package dev.bezant.server.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.server.search.Clause.Operator;
import dev.bezant.server.search.Clause.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParserTest {
    private static final SearchFields FIELDS = new SearchFields()
            .text("name", "t.name")
            .token("status", "t.status")
            .number("amount", "t.amount")
            .moment("created", "t.created_at")
            .flag("refunded", "t.refunded")
            .metadata("t.metadata", "t.metadata <> '{}'");

    private static List<Clause> clauses(String query) throws QueryException {
        return QueryParser.parse(query).clauses();
    }

    private static String sql(String query) throws QueryException {
        return FIELDS.translate(QueryParser.parse(query)).sql();
    }

    @Test
    void fields_operators_and_values_are_read() throws QueryException {
        assertThat(clauses("amount>=1000")).containsExactly(
                new Clause(false, "amount", null, Operator.AT_LEAST, new Value.Decimal(new BigDecimal("1000")), 1, 9));
        assertThat(clauses("-metadata['a b']:\"c\\\"d\"")).containsExactly(
                new Clause(true, "metadata", "a b", Operator.EQUALS, new Value.Text("c\"d"), 2, 18));
        assertThat(clauses("status=null").getFirst().value()).isEqualTo(new Value.Absent());
        assertThat(clauses("refunded:true").getFirst().value()).isEqualTo(new Value.Text("true"));
        assertThat(clauses("amount:-5").getFirst().value()).isEqualTo(new Value.Decimal(new BigDecimal("-5")));
    }

    @Test
    void a_space_is_and() throws QueryException {
        assertThat(QueryParser.parse("  amount>1   amount<9  ")).isEqualTo(new Query(clauses("  amount>1   amount<9"), false));
        assertThat(QueryParser.parse("amount>1 and amount<9").any()).isFalse();
        assertThat(QueryParser.parse("amount>1 OR amount<9").any()).isTrue();
        assertThat(clauses("name:\"this AND that OR those\"")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "`   `                          | 1  | it is empty",
        "amount                         | 7  | expected one of : ~ > < >= <=",
        "amount>                        | 8  | a text in quotes, a number or null",
        "amount:abc                     | 8  | a text in quotes, a number or null",
        "amount:\"12                    | 8  | never closed",
        "amount:1 AND                   | 13 | expected a comparison after AND",
        "amount:1 AND amount:2 OR amount:3 | 23 | cannot both be in one query",
        "amount:1 OR amount:2 amount:3  | 22 | cannot both be in one query",
        "(amount:1)                     | 1  | parentheses",
        "amount:1 )                     | 10 | parentheses",
        "\"quoted\":1                   | 1  | expected the name of a field",
        "name:\"a\"status:\"b\"         | 9  | expected a space",
        "metadata[key]:\"v\"            | 10 | the key in quotes",
        "metadata[\"key\":\"v\"         | 15 | expected ]",
        "metadata:\"v\"                 | 1  | metadata needs a key",
        "status[\"k\"]:\"v\"            | 1  | no keys in brackets",
        "colour:\"red\"                 | 1  | no such field. Fields are amount, created, metadata[\"...\"], name, refunded, status",
        "status~\"suc\"                 | 1  | cannot be compared by ~, only by :",
        "status>\"a\"                   | 1  | cannot be compared by >",
        "name~\"ab\"                    | 6  | at least 3 characters",
        "name>null                      | 1  | cannot be compared by >",
        "amount>null                    | 8  | null can be compared by : only",
        "amount:\"many\"                | 8  | with a number",
        "status:5                       | 8  | with a text in quotes",
        "refunded:\"yes\"               | 10 | with true or false",
        "created>1.5                    | 9  | whole seconds",
        "created>-1                     | 9  | whole seconds"
    })
    void what_is_wrong_is_told_with_its_place(String query, int position, String says) {
        assertThatThrownBy(() -> sql(query)).isInstanceOfSatisfying(QueryException.class, e -> {
            assertThat(e.position()).isEqualTo(position);
            assertThat(e).hasMessageContaining(says);
        });
    }

    @Test
    void a_query_has_twenty_comparisons_at_most() throws QueryException {
        assertThat(clauses("amount>1 ".repeat(20))).hasSize(20);
        assertThatThrownBy(() -> clauses("amount>1 ".repeat(21))).hasMessageContaining("20 comparisons");
    }

    @Test
    void nothing_that_was_typed_becomes_sql() throws QueryException {
        String evil = "'; drop table charge; --";
        assertThat(sql("name:\"" + evil + "\" status:\"" + evil + "\" metadata[\"" + evil + "\"]:\"" + evil + "\" name~\"" + evil + "\""))
                .doesNotContain("drop");
    }

    @Test
    void a_page_token_fits_its_search_alone() {
        var tokens = new PageToken(QueryParserTest::hash);
        var other = new PageToken(text -> new byte[32]);
        String token = tokens.seal("a|amount>1", "ch_1");

        assertThat(tokens.open("a|amount>1", token)).contains("ch_1");
        assertThat(tokens.open("a|amount>2", token)).isEmpty();
        assertThat(token).doesNotContain("ch_1");
        assertThat(other.open("a|amount>1", token)).isEmpty();
        for (String forged : List.of("", "x", "!!", token + "A", token.substring(2), new StringBuilder(token).reverse().toString())) {
            assertThat(tokens.open("a|amount>1", forged)).as(forged).isEmpty();
        }
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
