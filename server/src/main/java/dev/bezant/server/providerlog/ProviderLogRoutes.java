package dev.bezant.server.providerlog;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/provider_calls} and {@code /v1/provider_notices}. */
final class ProviderLogRoutes {
    private static final String CALLS = "/v1/provider_calls";
    private static final String NOTICES = "/v1/provider_notices";
    private static final String FAMILY = "provider_logs";
    private static final List<String> STATES = List.of("received", "processed", "duplicate", "ignored", "refused");

    private final ProviderCalls log;
    private final ProviderCallStore calls;
    private final NoticeLog notices;

    ProviderLogRoutes(ProviderCalls log, ProviderCallStore calls, NoticeLog notices) {
        this.log = log;
        this.calls = calls;
        this.notices = notices;
    }

    /** Which calls a list shows; null = any. */
    record Filter(
            @Nullable String providerAccount, @Nullable String operation, @Nullable String reference, @Nullable Boolean successful, CreatedFilter created) {}

    /** Which notices a list shows; null = any. */
    record NoticeFilter(@Nullable String providerAccount, @Nullable String state, @Nullable String reference, CreatedFilter created) {}

    List<Route> routes() {
        return List.of(
                Route.get(CALLS, this::listCalls).under(FAMILY),
                Route.get(CALLS + "/{id}", this::retrieveCall).under(FAMILY),
                Route.get(NOTICES, this::listNotices).under(FAMILY),
                Route.get(NOTICES + "/{id}", this::retrieveNotice).under(FAMILY));
    }

    private ObjectNode listCalls(ApiRequest request) {
        Params params = request.params();
        Page page = Page.of(params);
        var filter = new Filter(params.text("provider_account", 255), params.text("operation", 40), params.text("reference", 255),
                params.flag("successful"), CreatedFilter.of(params));
        params.done();
        // So that whoever asks sees what this server has said and heard until now.
        log.write();
        if (page.cursor() != null && calls.find(request.caller(), page.cursor()).isEmpty()) {
            throw ApiException.noSuch("provider call", page.cursor(), page.cursorParam());
        }
        return page.respond(CALLS, calls.list(request.caller(), filter, page), row -> row);
    }

    private ObjectNode retrieveCall(ApiRequest request) {
        request.params().done();
        String id = request.pathParam("id");
        log.write();
        return calls.find(request.caller(), id).orElseThrow(() -> ApiException.noSuch("provider call", id, "id"));
    }

    private ObjectNode listNotices(ApiRequest request) {
        Params params = request.params();
        Page page = Page.of(params);
        var filter = new NoticeFilter(params.text("provider_account", 255), params.choice("state", STATES), params.text("reference", 255),
                CreatedFilter.of(params));
        params.done();
        if (page.cursor() != null && notices.find(request.caller(), page.cursor()).isEmpty()) {
            throw ApiException.noSuch("provider notice", page.cursor(), page.cursorParam());
        }
        return page.respond(NOTICES, notices.list(request.caller(), filter, page), row -> row);
    }

    private ObjectNode retrieveNotice(ApiRequest request) {
        request.params().done();
        String id = request.pathParam("id");
        return notices.find(request.caller(), id).orElseThrow(() -> ApiException.noSuch("provider notice", id, "id"));
    }
}
