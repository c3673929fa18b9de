package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.kernel.DeclineCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/guide/errors.md} says what the code says. */
class ErrorsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "guide", "errors.md");
    private static final String WRITE = "bezant.docs.write";

    @Test
    void the_page_of_errors_is_up_to_date() throws IOException {
        String page = page();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("docs/guide/errors.md differs from ErrorCode and DeclineCode. Rewrite it with:"
                        + " mvn -pl server -am test -Dquick -Dtest=ErrorsPageTest -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=true")
                .isEqualTo(page);
    }

    private static String page() {
        return """
                # Errors

                Every answer of `/v1` that is not 200 has this body, also for unknown addresses and for trouble on our side ([the Corefy
                integration](corefy-integration.md) has its own):

                ```json
                {"error":{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds",
                  "message":"Your card has insufficient funds.","param":"payment_method","request_id":"req_0VbZB4xSTGDjrC0E4Aee"}}
                ```

                `message` says what is wrong and how to mend it; of a `card_error` it may be shown to the payer, of others not. `param` is the
                bracket path of the parameter concerned, `request_id` is also the header `Request-Id`. Errors about a payment intent carry it as
                `payment_intent`. `code`, `param` and `decline_code` are absent where there is nothing to say.

                ## Types

                | Type | What to do |
                |---|---|
                | `invalid_request_error` | mend the request; 409 alone may be repeated as it is |
                | `authentication_error` | send a valid key |
                | `card_error` | ask the payer for another card, or to try again |
                | `idempotency_error` | use a new `Idempotency-Key` for a new request |
                | `rate_limit_error` | come back after `Retry-After` seconds |
                | `api_error` | repeat with the same `Idempotency-Key` |

                A refused request changes nothing and leaves its `Idempotency-Key` free. A declined payment is an answer like a success: repeating
                its key gives the same decline.

                ## Codes

                | Code | Status | Type | When |
                |---|---|---|---|
                """
                + Arrays.stream(ErrorCode.values())
                        .sorted(Comparator.comparingInt(ErrorCode::status).thenComparing(ErrorCode::wireName))
                        .map(code -> "| `" + code.wireName() + "` | " + code.status() + " | `" + code.type().wireName() + "` | " + code.meaning() + " |\n")
                        .collect(Collectors.joining())
                + """

                Without a code come 404 (unknown address), 405 (with `Allow`), 408, 413, 415, 500 and 503.

                ## Declines

                A declined payment is 402 with type `card_error`, and `decline_code` says why. The message never tells a payer that a card was
                reported lost or stolen.

                | Decline code | Code | Message |
                |---|---|---|
                """
                + Arrays.stream(DeclineCode.values())
                        .sorted(Comparator.comparing(DeclineCode::wireName))
                        .map(code -> "| `" + code.wireName() + "` | `" + code.errorCode() + "` | " + code.message() + " |\n")
                        .collect(Collectors.joining())
                + """

                <!-- Written by ErrorsPageTest from ErrorCode and DeclineCode; it says how to rewrite it. -->
                """;
    }
}
