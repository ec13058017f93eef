#include "ui/files/UserMark.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QPainter>

namespace ui {
namespace {

constexpr int badgeRadius = 3;

} // namespace

Theme::Meaning meaningOfUser(const QString &user)
{
    return user == u"root" ? Theme::Meaning::Danger : Theme::Meaning::Warning;
}

UserBadge::UserBadge(QWidget *parent)
    : QWidget(parent)
    , m_name(new PlainLabel({}, PlainLabel::Role::Text, this))
{
    m_name->setWordWrap(false);
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    auto *layout = new QHBoxLayout(this);
    const int space = fontMetrics().averageCharWidth() / 2;
    layout->setContentsMargins(space, 0, 2 * space, 0);
    layout->setSpacing(space);
    layout->addWidget(new IconLabel(Icons::icon(QStringLiteral("key")), this));
    layout->addWidget(m_name);
    hide();
}

void UserBadge::setUser(const QString &user)
{
    m_user = user;
    m_name->setText(user);
    setToolTip(tr("With the rights of %1, by sudo").arg(user));
    setAccessibleName(toolTip());
    setVisible(!user.isEmpty());
    update();
}

void UserBadge::paintEvent(QPaintEvent *)
{
    const Theme::Meaning meaning = meaningOfUser(m_user);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Theme::color(meaning, palette()));
    painter.setBrush(Theme::ground(meaning, palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), badgeRadius,
                            badgeRadius);
}

UserFrame::UserFrame(QWidget &pane)
    : OutlineFrame(pane)
{
    setObjectName(QStringLiteral("userFrame"));
}

void UserFrame::setUser(const QString &user)
{
    m_user = user;
    setOutlined(!user.isEmpty());
}

QColor UserFrame::color() const
{
    return Theme::color(meaningOfUser(m_user), palette());
}

} // namespace ui
