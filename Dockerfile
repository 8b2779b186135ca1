# The server in a small image: docker build -t graphmock . && docker run -p 8080:8080 graphmock
FROM debian:bookworm-slim AS build
WORKDIR /src
COPY dev ./
RUN ./dev packages run
COPY . .
RUN cmake --preset release \
    && cmake --build --preset release \
    && DESTDIR=/staged cmake --install build/release --strip

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libboost-json1.81.0 libcpp-httplib0.11 libpugixml1v5 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb \
    && useradd --system --no-create-home graphmock
COPY --from=build /staged/ /
USER graphmock
# Reachable from outside of the container; the program itself binds to loopback.
ENV GRAPHMOCK_HOST=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s CMD ["graphmock", "health"]
ENTRYPOINT ["graphmock"]
