import com.azure.core.util.BinaryData;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** What a test tells the server itself, beside what it asks of Graph. */
record Admin(String tenant) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    void activate(String scenario) {
        call("PUT", "/scenarios/" + scenario, "");
    }

    /** How many requests have arrived that are as a rule's "request" says. */
    int count(String matching) {
        return ((Number) call("POST", "/requests/count", matching).get("count")).intValue();
    }

    /** A token made to order. */
    String token(String order) {
        return (String) call("POST", "/tokens", order).get("access_token");
    }

    void drop() {
        call("DELETE", "/tenants/" + tenant, "");
    }

    private Map<?, ?> call(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(Connect.SERVER + "/__admin" + path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("X-Mock-Tenant", tenant)
                .build();
        try {
            var answer = CLIENT.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body().isEmpty() ? Map.of() : BinaryData.fromString(answer.body()).toObject(Map.class);
        } catch (java.io.IOException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }
}
