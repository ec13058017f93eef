// CastPlayer: a window that shows a recording (asciicast v2) again: at its pace or faster, without
// its long pauses, from any place. What is in it goes through the filter as a server's output does.

#pragma once

#include "terminal/CastReader.h"
#include "ui/terminal/TerminalAppearance.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace ui {

class CastStream;
class TerminalBridge;
class TerminalView;

class CastPlayer final : public QWidget
{
    Q_OBJECT

public:
    // Plays at once.
    CastPlayer(std::unique_ptr<terminal::CastReader> recording, const QString &path,
               const TerminalAppearance &appearance, QWidget *parent = nullptr);
    ~CastPlayer() override;

    // Asks for a file, with a dialog of `window`'s; says in it why one can not be played.
    static void ask(QWidget &window, const TerminalAppearance &appearance);

    // Plays that file, or says in a window of `window`'s why not. Of a place within it what was on
    // the screen then is shown, and waits.
    static void open(const QString &path, QWidget &window, const TerminalAppearance &appearance,
                     std::chrono::microseconds place = {});

    bool isPlaying() const { return m_isPlaying; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void createControls();
    void setPlaying(bool isPlaying);
    void seek(std::chrono::microseconds place);
    void advance();
    void playUntil(std::chrono::microseconds place);
    void scheduleNext();
    void showPlace();
    void fitWindow();
    void giveRoom();

    std::unique_ptr<terminal::CastReader> m_recording;
    const std::chrono::microseconds m_length;
    std::optional<terminal::CastEvent> m_next; // the first that was not shown yet
    std::chrono::microseconds m_place{0}; // in the recording
    QElapsedTimer m_clock; // since m_place was right
    QTimer m_timer;
    TerminalView *m_view;
    TerminalBridge *m_bridge;
    std::unique_ptr<CastStream> m_stream;
    QToolButton *m_play;
    QSlider *m_slider;
    QComboBox *m_speed;
    QLabel *m_time;
    bool m_isPlaying = false;
    bool m_isFitted = false; // the terminal is as large as the recorded one: it can be drawn
};

} // namespace ui
