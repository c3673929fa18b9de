package dev.bezant.cardinity;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What else is known about the payer, for 3-D Secure; each part may be null. Telephone numbers in international form. */
public record CardholderInfo(
        @Nullable String emailAddress, @Nullable String mobilePhone, @Nullable String homePhone, @Nullable String workPhone) {
    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        Json.put(json, "email_address", emailAddress);
        Json.put(json, "mobile_phone_number", mobilePhone);
        Json.put(json, "home_phone_number", homePhone);
        Json.put(json, "work_phone_number", workPhone);
        return json;
    }

    /** Personal data. */
    @Override
    public String toString() {
        return "CardholderInfo[...]";
    }
}
