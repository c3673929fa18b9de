package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.page.Html;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A picture for each product: its name on a card. */
final class Logos {
    static final String PATH = "/assets/logos/";

    private Logos() {}

    static HttpResponse answer(String file) {
        var name = file.replaceFirst("\\.svg$", "");
        var product = name.matches("\\d{1,6}") ? Product.of(Integer.parseInt(name)) : null;
        if (product == null && !name.equals("cards")) {
            return HttpResponse.text(404, "There is no such picture\n");
        }
        var label = Html.escape(product == null ? "Cards" : product.label());
        var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"40\" role=\"img\" aria-label=\"" + label + "\"><rect width=\"120\" "
                + "height=\"40\" rx=\"6\" fill=\"#eef1f6\" stroke=\"#c5ccd8\"/><text x=\"60\" y=\"25\" font-family=\"sans-serif\" font-size=\"11\" "
                + "font-weight=\"bold\" fill=\"#1b2330\" text-anchor=\"middle\">" + label + "</text></svg>";
        return new HttpResponse(200, Map.of("Content-Type", "image/svg+xml"), svg.getBytes(StandardCharsets.UTF_8));
    }
}
