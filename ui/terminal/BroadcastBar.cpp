#include "ui/terminal/BroadcastBar.h"

#include "ui/keyboard/KeyBindings.h"
#include "ui/widgets/PlainLabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLayout>
#include <QPainter>
#include <QPushButton>

namespace ui {
namespace {

constexpr int framePixels = 5;
constexpr int stripePixels = 10;

} // namespace

// Stripes, so that it is no mere color, and none that the environment class has.
class BroadcastBar::Frame final : public QWidget
{
public:
    explicit Frame(QWidget &pane)
        : QWidget(&pane)
    {
        setObjectName(QStringLiteral("broadcastFrame"));
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
        hide();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QRect inner = rect().adjusted(framePixels, framePixels, -framePixels, -framePixels);
        painter.setClipRegion(QRegion(rect()) - inner);
        painter.fillRect(rect(), Theme::color(Theme::Meaning::Danger, palette()));
        painter.setPen(QPen(palette().color(QPalette::Window), stripePixels / 2));
        for (int x = -height(); x < width(); x += 2 * stripePixels) {
            painter.drawLine(x, height(), x + height(), 0);
        }
    }
};

BroadcastBar::BroadcastBar(QWidget &pane)
    : Panel(Theme::Meaning::Danger, &pane)
    , m_pane(pane)
    , m_label(new PlainLabel({}, PlainLabel::Role::Text))
    , m_frame(new Frame(pane))
{
    setObjectName(QStringLiteral("broadcastBar"));
    auto *stop = new QPushButton;
    const auto nameStop = [stop] {
        const QString key = KeyBindings::shared().text(QStringLiteral("window/broadcast"));
        stop->setText(key.isEmpty() ? tr("Stop") : tr("Stop (%1)").arg(key));
    };
    nameStop();
    connect(&KeyBindings::shared(), &KeyBindings::changed, stop, nameStop);
    stop->setObjectName(QStringLiteral("broadcastStop"));
    stop->setAccessibleName(tr("Stop typing into several terminals"));
    stop->setFocusPolicy(Qt::TabFocus); // the terminal keeps it while one clicks
    auto *row = new QHBoxLayout(this);
    row->addWidget(m_label, 1);
    row->addWidget(stop);
    hide();
    pane.installEventFilter(this);
    connect(stop, &QPushButton::clicked, this, &BroadcastBar::stopRequested);
}

void BroadcastBar::showText(const QString &text)
{
    m_label->setText(text);
    setAccessibleName(text);
    m_pane.layout()->setContentsMargins(framePixels, framePixels, framePixels, framePixels);
    m_frame->setGeometry(m_pane.rect());
    m_frame->show();
    m_frame->raise();
    show();
}

void BroadcastBar::dismiss()
{
    m_pane.layout()->setContentsMargins({});
    m_frame->hide();
    hide();
}

bool BroadcastBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_pane && event->type() == QEvent::Resize) {
        m_frame->setGeometry(m_pane.rect());
    }
    return Panel::eventFilter(watched, event);
}

} // namespace ui
