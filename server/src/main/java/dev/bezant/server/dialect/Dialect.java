package dev.bezant.server.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shapes of one caller. Features render native ones; everything that another caller must see differently is said here and
 * nowhere else.
 *
 * @see "docs/protocols/payments-api.md, section 1.9"
 */
public sealed interface Dialect permits NativeDialect, StripeDialect {
    /** Ours: the version is told with events only. */
    Dialect NATIVE = new NativeDialect();

    /** That of client libraries of Stripe, at a version. */
    static Dialect stripe(ApiVersion version) {
        return new StripeDialect(version);
    }

    /** What a webhook endpoint gets: native, unless a version was asked for. */
    static Dialect ofVersion(@Nullable String apiVersion) {
        return apiVersion == null ? NATIVE : ApiVersion.parse(apiVersion).map(Dialect::stripe).orElse(NATIVE);
    }

    /** For records: {@code native}, {@code stripe}. */
    String name();

    /** What events are told to be rendered in. */
    ApiVersion version();

    /** Changes one object, not those inside it. */
    void reshape(String name, ObjectNode object);

    /**
     * Parameters that are taken and ignored by an endpoint: dot paths such as {@code payment_method_options.card.installments},
     * {@code *} for any name.
     *
     * @param endpoint method and pattern, such as {@code POST /v1/payment_intents}
     */
    List<String> ignored(String endpoint);

    /** What is expanded although nobody asks. */
    List<String> impliedExpansions(String objectName);
}
