package dev.bezant.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestFactory;

/** Stripe's own client libraries, as published, take this server for the service that they were made for. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class StripeClientsTest {
    @TestFactory
    Stream<DynamicTest> the_client_for_node_works_unmodified() {
        var bezant = BezantProcess.shared();
        return new NodeSuite("stripe").tests(Map.of(
                "BEZANT_URL", bezant.url(),
                "BEZANT_SECRET_KEY", bezant.secretKey(),
                "BEZANT_PUBLISHABLE_KEY", bezant.publishableKey(),
                "BEZANT_SANDBOX_URL", bezant.sandboxUrl(),
                "BEZANT_LIMITED_KEY", bezant.key("--requests", "2"),
                "BEZANT_READING_KEY", bezant.key("--allow", "charges:read"),
                "BEZANT_EXPIRED_KEY", bezant.key("--expires", "PT1S")));
    }

    @Nested
    class JavaPayments extends StripeJavaPayments {}

    @Nested
    class JavaCharges extends StripeJavaCharges {}

    @Nested
    class JavaCards extends StripeJavaCards {}

    @Nested
    class JavaCustomers extends StripeJavaCustomers {}

    @Nested
    class JavaMoney extends StripeJavaMoney {}

    @Nested
    class JavaWebhooks extends StripeJavaWebhooks {}

    @Nested
    class JavaErrors extends StripeJavaErrors {}

    @Nested
    class JavaRepeats extends StripeJavaRepeats {}

    /** After the others, by what the server says was asked of it. */
    @Nested
    @Order(Integer.MAX_VALUE)
    class AllCalls {
        private static final int AT_LEAST = 60;
        /** What Stripe does not have, or its newest clients no longer do. */
        private static final Pattern OURS = Pattern.compile("/api/integrations/|/v1/(request_logs|provider_calls|provider_notices|idempotency_keys|listeners|payment_method_types)\\b"
                + "|/(resend|replay|roll_secret|deliveries|contents)\\b|/charges/\\{charge}/refunds/\\{id}");

        private static SortedSet<String> calls(String bindings) {
            // The log is written beside the requests.
            return await().atMost(Duration.ofSeconds(30)).until(() -> StripeCalls.distinct(bindings), calls -> calls.size() >= AT_LEAST);
        }

        @Test
        void were_made_by_both_clients() {
            assertThat(calls("NodeBindings")).containsExactlyElementsOf(calls("JavaBindings"));
        }

        @Test
        void are_all_that_is_described_but_what_is_ours_alone() {
            assertThat(calls("JavaBindings")).containsAll(StripeCalls.described().stream().filter(call -> !OURS.matcher(call).find()).toList());
        }
    }
}
