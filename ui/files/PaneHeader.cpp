#include "ui/files/PaneHeader.h"

#include "ui/files/PaneActions.h"
#include "ui/files/PaneBookmarks.h"
#include "ui/files/PathBar.h"
#include "ui/files/UserMark.h"
#include "ui/keyboard/KeyBindings.h"
#include "ui/theme/Icons.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int lineHeight = 3;

QIcon iconOf(Place place)
{
    return Icons::icon(place == Place::ThisComputer ? QStringLiteral("computer")
                                                    : QStringLiteral("server"));
}

// The beginning and the end of a server's name tell more than its middle.
class TitleLabel final : public QLabel
{
public:
    explicit TitleLabel(QWidget *parent)
        : QLabel(parent)
    {
        setTextFormat(Qt::PlainText);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const QRect room = contentsRect();
        const QString shown = fontMetrics().elidedText(text(), Qt::ElideMiddle, room.width());
        setToolTip(shown == text() ? QString() : text());
        QPainter painter(this);
        style()->drawItemText(&painter, room,
                              int(QStyle::visualAlignment(layoutDirection(), alignment())),
                              palette(), isEnabled(), shown, foregroundRole());
    }
};

QToolButton *createButton(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setAccessibleName(action->text().remove(QChar(u'…')));
    button->setAutoRaise(true);
    return button;
}

} // namespace

PaneHeader::PaneHeader(const QString &idPrefix, const PaneActions &actions, QWidget &pane)
    : QWidget(&pane)
    , m_title(new TitleLabel(this))
    , m_user(new UserBadge(this))
    , m_frame(new UserFrame(pane))
    , m_placesButton(new QToolButton(this))
    , m_placesMenu(new QMenu(m_placesButton))
    , m_path(new PathBar(this))
    , m_bookmarks(new PaneBookmarks(this))
{
    m_title->setObjectName(idPrefix + QStringLiteral("Title"));
    m_user->setObjectName(idPrefix + QStringLiteral("User"));
    m_path->setObjectName(idPrefix + QStringLiteral("Path"));

    auto *titleRow = new QHBoxLayout;
    titleRow->addWidget(createPlaces(idPrefix, *actions.places));
    titleRow->addWidget(m_user);
    titleRow->addWidget(m_title, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(0);
    for (QAction *action :
         {actions.back, actions.forward, actions.up, actions.home, actions.refresh,
          actions.newFolder, actions.filter, actions.showHidden, actions.newTab}) {
        buttons->addWidget(createButton(action, this));
    }
    m_bookmarks->setObjectName(idPrefix + QStringLiteral("Bookmarks"));
    buttons->insertWidget(4, m_bookmarks); // beside the way home
    titleRow->addLayout(buttons);

    auto *layout = new QVBoxLayout(this);
    const int space = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing, nullptr, this) / 2;
    layout->setContentsMargins(space, space, space, space);
    layout->setSpacing(space);
    layout->addLayout(titleRow);
    layout->addWidget(m_path);

    QWidget *last = m_placesButton; // the field was made first
    for (int index = 0; index < buttons->count(); ++index) {
        setTabOrder(last, buttons->itemAt(index)->widget());
        last = buttons->itemAt(index)->widget();
    }
    setTabOrder(last, m_path);
}

QWidget *PaneHeader::createPlaces(const QString &idPrefix, const QAction &action)
{
    m_placesButton->setObjectName(idPrefix + QStringLiteral("PlacesButton"));
    m_placesButton->setAccessibleName(action.text().remove(QChar(u'…')));
    KeyBindings::shared().explain(*m_placesButton, action.text(), QStringLiteral("files/Places"));
    m_placesButton->setAutoRaise(true);
    m_placesButton->setPopupMode(QToolButton::InstantPopup);
    m_placesMenu->setObjectName(idPrefix + QStringLiteral("PlacesMenu"));
    m_placesButton->setMenu(m_placesMenu);
    return m_placesButton;
}

void PaneHeader::openPlaces()
{
    m_placesMenu->popup(m_placesButton->mapToGlobal(m_placesButton->rect().bottomLeft()));
}

void PaneHeader::setPlace(Place kind, const QString &title)
{
    m_placesButton->setIcon(iconOf(kind));
    m_title->setText(title);
}

void PaneHeader::setActive(bool isActive)
{
    m_isActive = isActive;
    QFont font = m_title->font();
    font.setBold(isActive);
    m_title->setFont(font);
    update();
}

// In the color of its selection, also while the window is not in front.
void PaneHeader::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    if (m_isActive) {
        QPainter(this).fillRect(0, 0, width(), lineHeight,
                                palette().color(QPalette::Active, QPalette::Highlight));
    }
}

void PaneHeader::setUser(const QString &user)
{
    m_user->setUser(user);
    m_frame->setUser(user);
}

} // namespace ui
