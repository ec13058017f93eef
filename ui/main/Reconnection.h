// Reconnection: brings a lost connection back by itself: waits, longer each time, and tells the
// user how long, with buttons to go at once or to stop.
//
// It knows nothing of how to connect: its owner does that on due(), and says how it went.

#pragma once

#include "base/Error.h"
#include "ui/errors/ErrorText.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace ssh {
struct ConnectionSettings;
struct LoginMemory;
} // namespace ssh

namespace ui {

class ErrorBanner;

class Reconnection final : public QObject
{
    Q_OBJECT

public:
    // The banner outlives this.
    explicit Reconnection(ErrorBanner &banner, QObject *parent = nullptr);

    // Was the connection lost in a way that time may heal, do its settings want it back, and can
    // its login be repeated without asking anybody?
    static bool isWantedAfter(const base::Error &loss, const ssh::ConnectionSettings &settings,
                              const ssh::LoginMemory &memory);

    // Shows the loss and counts down to due().
    void schedule(const ErrorText &loss);

    // due() is being worked on, until schedule(), settle() or stop().
    bool isUnderWay() const { return m_isUnderWay; }

    void settle(); // it is back: the next loss waits the shortest time again
    void stop(); // nothing happens by itself any more

    // 5, 10, 20, 40 and then 60 seconds; `attempt` counts from 0.
    static std::chrono::seconds delayBefore(int attempt);

signals:
    void countedDown(std::chrono::seconds left); // each second; 0 right before due()
    void due();
    void stopped(); // by the user

private:
    void tick();
    void begin();
    void showTimeLeft();
    void show(const QString &state);

    ErrorBanner &m_banner;
    QTimer m_tick;
    ErrorText m_loss;
    int m_attempts = 0;
    int m_secondsLeft = 0;
    bool m_isUnderWay = false;
};

} // namespace ui
