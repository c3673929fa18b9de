package dev.bezant.server.payment;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code mandate_data}: how and when a payer agreed to be charged while absent. */
final class MandateParams {
    private static final long SECOND_MAX = 253_402_300_799L;

    private MandateParams() {}

    /** Puts what was agreed into an intent's details; the mandate's own id is given with it. */
    static void read(Params params, ObjectNode details) {
        if (params.has("mandate_data") && !params.hasValue("mandate_data")) {
            params.ignore("mandate_data");
            details.remove(List.of("mandate_data", "mandate"));
            return;
        }
        Params data = params.map("mandate_data");
        if (data == null) {
            return;
        }
        Params given = data.map("customer_acceptance");
        if (given == null) {
            throw ApiException.missing(data.at("customer_acceptance"));
        }
        ObjectNode acceptance = Json.object();
        Long at = given.integer("accepted_at", 0, SECOND_MAX);
        String type = given.choice("type", List.of("online", "offline"));
        if (type == null) {
            throw ApiException.missing(given.at("type"));
        }
        acceptance.put("accepted_at", at);
        acceptance.put("type", type);
        Params online = given.map("online");
        Params offline = given.map("offline");
        if (type.equals("online")) {
            if (online == null) {
                throw ApiException.missing(given.at("online"));
            }
            ObjectNode how = Json.object();
            how.put("ip_address", online.text("ip_address", 45));
            how.put("user_agent", online.text("user_agent", 2048));
            acceptance.set("online", how);
        } else {
            acceptance.set("offline", Json.object());
        }
        if (offline != null && type.equals("online")) {
            throw ApiException.invalid(given.at("offline"), "An online acceptance has no member offline.");
        }
        ObjectNode stored = Json.object();
        stored.set("customer_acceptance", acceptance);
        details.set("mandate_data", stored);
    }
}
