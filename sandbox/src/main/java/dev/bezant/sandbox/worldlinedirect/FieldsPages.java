package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.world.Json;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What the hosted fields' script sends a card to. How the real one does is not known. */
final class FieldsPages {
    static final String SCRIPT_PATH = "/hostedfields/js/hosted-fields.js";
    static final String PATH = "/hostedfields/";

    private final Store store;
    private final Tokens tokens;
    private final CardReader cards;

    FieldsPages(Store store, Tokens tokens, CardReader cards) {
        this.store = store;
        this.tokens = tokens;
        this.cards = cards;
    }

    HttpResponse submit(HttpRequest request) {
        if (request.method().equals("OPTIONS")) {
            return ClientApi.open(new HttpResponse(204, Map.of(), new byte[0]));
        }
        synchronized (store.lock()) {
            var found = store.fieldsSessions().ofPage(Api.segment(request, 2));
            var session = found == null ? null : store.fieldsSessions().get(found.id());
            if (session == null) {
                return answer(404, failure("There is no such session"));
            }
            try {
                var body = Input.of(Api.body(request));
                var card = cards.read(body, null);
                if (card != null && card.ownRefusal() == Decline.INVALID_NUMBER) {
                    body.refuse("cardNumber", "is no card number");
                }
                body.refuseIfWrong();
                if (card == null) {
                    throw new IllegalStateException("nothing was wrong, yet nothing was read");
                }
                var token = tokens.make(session.merchantId(), card, true);
                var work = new Work();
                work.save(token);
                work.save(session.filled(token.id()));
                store.commit(work);
                return answer(200, Json.object().put("success", true));
            } catch (ProblemException e) {
                return answer(200, failure(e.errors().getFirst().property() + " " + e.errors().getFirst().message()));
            }
        }
    }

    private static ObjectNode failure(String message) {
        var failure = Json.object().put("success", false);
        failure.putObject("error").put("message", message);
        return failure;
    }

    private static HttpResponse answer(int status, ObjectNode body) {
        return ClientApi.open(HttpResponse.json(status, Json.bytes(body)));
    }
}
