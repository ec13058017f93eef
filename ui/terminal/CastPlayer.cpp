#include "ui/terminal/CastPlayer.h"

#include "base/DisplayText.h"
#include "ui/errors/ErrorText.h"
#include "ui/terminal/CastStream.h"
#include "ui/terminal/TerminalBridge.h"
#include "ui/terminal/TerminalView.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/CloseKeys.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScreen>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;

constexpr auto longestPause = 2s; // of a recording: more is waiting for a person
constexpr auto tick = 100ms; // the place is shown so often
constexpr auto keyStep = 5s;
constexpr qsizetype mostWaiting = qsizetype{256} * 1024; // bytes on their way, as from a server

QString timeText(microseconds time)
{
    const qint64 seconds = std::chrono::duration_cast<std::chrono::seconds>(time).count();
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

int milliseconds(microseconds time)
{
    return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

} // namespace

CastPlayer::CastPlayer(std::unique_ptr<terminal::CastReader> recording, const QString &path,
                       const TerminalAppearance &appearance, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_recording(std::move(recording))
    , m_length(m_recording->length())
    , m_next(m_recording->next())
    , m_view(new TerminalView)
    , m_bridge(new TerminalBridge(*m_view))
    , m_play(new QToolButton)
    , m_slider(new QSlider(Qt::Horizontal))
    , m_speed(new QComboBox)
    , m_time(new QLabel)
{
    setObjectName(QStringLiteral("castPlayer"));
    new CloseKeys(*this);
    const QString name = base::displayText(QFileInfo(path).fileName());
    const QString title = base::displayText(m_recording->header().title);
    setWindowTitle(title.isEmpty() ? tr("%1 — recording").arg(name)
                                   : tr("%1 (%2) — recording").arg(title, name));
    m_view->setHost(title.isEmpty() ? name : title);
    m_view->setAppearance(appearance);
    createControls();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CastPlayer::advance);
    seek(0us);
    setPlaying(true);
}

CastPlayer::~CastPlayer() = default;

void CastPlayer::createControls()
{
    m_play->setObjectName(QStringLiteral("castPlay"));
    m_play->setToolTip(tr("Space"));
    m_slider->setObjectName(QStringLiteral("castPlace"));
    m_slider->setAccessibleName(tr("Place in the recording"));
    m_slider->setRange(0, milliseconds(m_length));
    m_slider->setPageStep(milliseconds(keyStep));
    m_speed->setObjectName(QStringLiteral("castSpeed"));
    m_speed->setAccessibleName(tr("Speed"));
    for (const int speed : {1, 2, 4, 16}) {
        m_speed->addItem(tr("%1×").arg(speed), speed);
    }
    m_time->setObjectName(QStringLiteral("castTime"));
    m_time->setTextFormat(Qt::PlainText);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(m_play->iconSize().width() / 2, 0, m_play->iconSize().width() / 2,
                            m_play->iconSize().height() / 2);
    row->addWidget(m_play);
    row->addWidget(m_slider, 1);
    row->addWidget(m_time);
    row->addWidget(m_speed);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_view, 1);
    layout->addLayout(row);
    m_view->focusProxy()->setFocusPolicy(Qt::ClickFocus); // to copy from
    setFocusProxy(m_slider);
    connect(m_play, &QToolButton::clicked, this, [this] { setPlaying(!m_isPlaying); });
    connect(m_slider, &QSlider::actionTriggered, this,
            [this] { seek(std::chrono::milliseconds(m_slider->sliderPosition())); });
    connect(m_speed, &QComboBox::activated, this, [this] { scheduleNext(); });
    connect(m_view, &TerminalView::resized, this, &CastPlayer::fitWindow,
            Qt::SingleShotConnection); // it is laid out
}

void CastPlayer::ask(QWidget &window, const TerminalAppearance &appearance)
{
    auto *dialog = new QFileDialog(&window, tr("Replay a recording"));
    dialog->setObjectName(QStringLiteral("replayDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Recordings, asciicast (*.cast)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, &window,
            [&window, appearance](const QString &path) { open(path, window, appearance); });
    dialog->open();
}

void CastPlayer::open(const QString &path, QWidget &window, const TerminalAppearance &appearance,
                      microseconds place)
{
    auto recording = terminal::CastReader::open(path);
    if (recording) {
        auto *player = new CastPlayer(std::move(*recording), path, appearance, &window);
        player->setAttribute(Qt::WA_DeleteOnClose);
        player->show();
        if (place > 0us) {
            player->setPlaying(false);
            player->seek(place);
        }
        return;
    }
    const QString name = base::displayText(QFileInfo(path).fileName());
    const bool isOther = recording.error().kind == base::ErrorKind::ProtocolViolation;
    auto *label = new PlainLabel(
        isOther ? tr("%1 is no recording in asciicast version 2. Choose one that Ponto or "
                     "asciinema has made.")
                      .arg(name)
                : tr("%1 can not be read: %2").arg(name, errorText(recording.error()).why),
        PlainLabel::Role::Text, &window);
    label->setObjectName(QStringLiteral("replayProblem"));
    label->setWindowFlags(Qt::Dialog);
    new CloseKeys(*label);
    label->setWindowTitle(tr("Replay a recording"));
    label->setMargin(label->fontMetrics().height());
    label->setAttribute(Qt::WA_DeleteOnClose);
    label->show();
}

void CastPlayer::setPlaying(bool isPlaying)
{
    if (isPlaying && !m_next) {
        seek(0us); // again
    }
    m_isPlaying = isPlaying;
    m_play->setIcon(Icons::icon(isPlaying ? QStringLiteral("pause") : QStringLiteral("run")));
    m_play->setAccessibleName(isPlaying ? tr("Pause") : tr("Play"));
    m_clock.start();
    scheduleNext();
}

// There is no way back in a terminal: one begins anew, and shows what was until then at once.
void CastPlayer::seek(microseconds place)
{
    if (!m_isFitted) {
        m_place = std::min(place, m_length); // fitWindow() goes there
        showPlace();
        return;
    }
    if (place < m_place || m_stream == nullptr) {
        m_stream = std::make_unique<CastStream>();
        m_bridge->attach(m_stream.get());
        connect(m_stream.get(), &CastStream::drained, this, [this] {
            if (!m_timer.isActive()) {
                scheduleNext();
            }
        });
        m_recording->restart();
        m_next = m_recording->next();
        m_place = 0us;
        m_stream->supply("\033c\033[3J"); // all of the screen anew
    }
    m_place = std::min(place, m_length);
    m_clock.start();
    playUntil(m_place);
    showPlace();
    scheduleNext();
}

void CastPlayer::playUntil(microseconds place)
{
    while (m_next && m_next->time <= place && m_stream->waiting() < mostWaiting) {
        if (m_next->kind == terminal::CastEvent::Kind::Output) {
            m_stream->supply(m_next->output);
        }
        m_next = m_recording->next();
    }
}

void CastPlayer::advance()
{
    const int speed = m_speed->currentData().toInt();
    if (m_stream->waiting() < mostWaiting) {
        if (m_isPlaying) {
            m_place += speed * std::chrono::duration_cast<microseconds>(m_clock.durationElapsed());
            if (m_next && m_next->time > m_place + longestPause) {
                m_place = m_next->time - longestPause;
            }
            m_place = std::min(m_place, m_length);
        }
        m_clock.start();
        playUntil(m_place);
    }
    if (!m_next && m_place >= m_length) {
        m_isPlaying = false;
        m_play->setIcon(Icons::icon(QStringLiteral("run")));
        m_play->setAccessibleName(tr("Play"));
    }
    showPlace();
    scheduleNext();
}

void CastPlayer::scheduleNext()
{
    if (m_stream == nullptr) {
        return; // not drawn yet
    }
    const bool isBehind = m_next && m_next->time <= m_place;
    if (m_stream->waiting() >= mostWaiting || (!m_isPlaying && !isBehind)) {
        return; // drained() goes on, or the user
    }
    m_timer.start(isBehind ? 0ms : tick / 4);
}

void CastPlayer::showPlace()
{
    if (!m_slider->isSliderDown()) {
        m_slider->setValue(milliseconds(m_place));
    }
    m_time->setText(tr("%1 of %2").arg(timeText(m_place), timeText(m_length)));
}

void CastPlayer::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Space:
        setPlaying(!m_isPlaying);
        return;
    case Qt::Key_Left:
        seek(std::max(microseconds(0us), microseconds(m_place - keyStep)));
        return;
    case Qt::Key_Right:
        seek(m_place + keyStep);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

// Lines that were drawn on fewer columns would stay broken.
void CastPlayer::fitWindow()
{
    giveRoom();
    m_isFitted = true;
    seek(std::exchange(m_place, 0us));
}

// As many cells as were recorded, as far as the screen has room.
void CastPlayer::giveRoom()
{
    const terminal::CastHeader &header = m_recording->header();
    if (m_view->columns() < 2 || m_view->rows() < 2) {
        return;
    }
    const int cellWidth = m_view->width() / m_view->columns();
    const int cellHeight = m_view->height() / m_view->rows();
    const QSize more((header.columns - m_view->columns() + 1) * cellWidth,
                     (header.rows - m_view->rows() + 1) * cellHeight);
    resize((size() + more).boundedTo(screen()->availableSize()));
}

} // namespace ui
