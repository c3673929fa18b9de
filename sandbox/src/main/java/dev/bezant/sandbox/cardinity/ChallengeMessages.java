package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.world.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The texts that travel through the payer's browser (section 3): base64url of JSON for version 2, the simulator's own for version 1. */
final class ChallengeMessages {
    private static final Map<String, String> EMV_WINDOW_SIZES = Map.of("250x400", "01", "390x400", "02", "500x600", "03", "600x400", "04",
            "full-screen", "05");

    /** How a challenge ended. */
    enum Result {
        PASSED("Y"), FAILED("N"), TECHNICAL_ERROR("U");

        private final String transStatus;

        Result(String transStatus) {
            this.transStatus = transStatus;
        }
    }

    /** A result and the challenge it is about. */
    record Answer(String acsTransId, Result result) {}

    private ChallengeMessages() {}

    static boolean isWindowSize(String size) {
        return EMV_WINDOW_SIZES.containsKey(size);
    }

    /** Challenge request, version 2. */
    static String creq(Payment.ThreeDs threeDs) {
        return encode(ids(threeDs, "CReq").put("challengeWindowSize", EMV_WINDOW_SIZES.getOrDefault(threeDs.windowSize(), "05")));
    }

    /** Challenge response, version 2. */
    static String cres(Payment.ThreeDs threeDs, Result result) {
        return encode(ids(threeDs, "CRes").put("challengeCompletionInd", "Y").put("transStatus", result.transStatus));
    }

    /** Request of version 1. */
    static String paReq(Payment.ThreeDs threeDs) {
        return encode(Json.object().put("messageType", "PAReq").put("acsTransID", threeDs.acsTransId()));
    }

    /** Response of version 1 to a request of {@link #paReq}. */
    static String paRes(String acsTransId, Result result) {
        return encode(Json.object().put("messageType", "PARes").put("acsTransID", acsTransId).put("transStatus", result.transStatus));
    }

    /** The challenge that a request of either version is about. */
    static Optional<String> acsTransId(String message) {
        return decode(message).map(node -> node.path("acsTransID").asString("")).filter(id -> !id.isEmpty());
    }

    /** Reads a response of the given type; nothing if it is not one. */
    static Optional<Answer> answer(String message, String messageType) {
        return decode(message)
                .filter(node -> node.path("messageType").asString("").equals(messageType))
                .flatMap(node -> {
                    var result = result(node.path("transStatus").asString(""));
                    return result == null ? Optional.empty() : Optional.of(new Answer(node.path("acsTransID").asString(""), result));
                });
    }

    private static @Nullable Result result(String transStatus) {
        return switch (transStatus) {
            case "Y", "A" -> Result.PASSED;
            case "N", "R" -> Result.FAILED;
            case "U" -> Result.TECHNICAL_ERROR;
            default -> null;
        };
    }

    private static ObjectNode ids(Payment.ThreeDs threeDs, String messageType) {
        return Json.object().put("threeDSServerTransID", threeDs.serverTransId()).put("acsTransID", threeDs.acsTransId())
                .put("messageType", messageType).put("messageVersion", "2.1.0");
    }

    private static String encode(JsonNode node) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(node));
    }

    private static Optional<JsonNode> decode(String message) {
        try {
            var node = Json.parse(new String(Base64.getUrlDecoder().decode(message.strip()), StandardCharsets.UTF_8));
            return node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }
}
