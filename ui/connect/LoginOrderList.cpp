#include "ui/connect/LoginOrderList.h"

#include "ui/connect/InheritedFields.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

using profiles::LoginSource;

QString textFor(LoginSource source)
{
    switch (source) {
    case LoginSource::Gssapi:
        return LoginOrderList::tr("Kerberos ticket");
    case LoginSource::KeyFiles:
        return LoginOrderList::tr("Key files");
    case LoginSource::Agent:
        return LoginOrderList::tr("Keys of the agent");
    case LoginSource::DefaultKeys:
        return LoginOrderList::tr("Keys in ~/.ssh");
    case LoginSource::Password:
        return LoginOrderList::tr("Password");
    case LoginSource::KeyboardInteractive:
        break;
    }
    return LoginOrderList::tr("Questions of the server (codes)");
}

bool hasSwitch(LoginSource source)
{
    return source == LoginSource::Agent || source == LoginSource::DefaultKeys;
}

LoginSource sourceOf(const QListWidgetItem &item)
{
    return static_cast<LoginSource>(item.data(Qt::UserRole).toInt());
}

} // namespace

LoginOrderList::LoginOrderList(QWidget *parent)
    : QWidget(parent)
    , m_list(new QListWidget(this))
    , m_up(new QToolButton(this))
    , m_down(new QToolButton(this))
    , m_reset(new QToolButton(this))
    , m_remark(new PlainLabel({}, PlainLabel::Role::Subtle, this))
{
    m_list->setObjectName(QStringLiteral("profileLoginOrder"));
    m_list->setAccessibleName(tr("Ways to log in"));
    m_list->setTabKeyNavigation(false);
    m_list->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_up->setObjectName(QStringLiteral("profileLoginUp"));
    m_up->setArrowType(Qt::UpArrow);
    m_up->setAccessibleName(tr("Try earlier"));
    m_up->setToolTip(tr("Try earlier"));
    m_down->setObjectName(QStringLiteral("profileLoginDown"));
    m_down->setArrowType(Qt::DownArrow);
    m_down->setAccessibleName(tr("Try later"));
    m_down->setToolTip(tr("Try later"));
    m_reset->setObjectName(QStringLiteral("profileLoginReset"));
    m_reset->setIcon(Icons::icon(QStringLiteral("refresh")));
    m_reset->setAccessibleName(tr("As inherited"));
    m_reset->setToolTip(tr("As inherited"));
    m_remark->setObjectName(QStringLiteral("profileLoginOrigin"));
    setFocusProxy(m_list);

    auto *buttons = new QVBoxLayout;
    buttons->addWidget(m_up);
    buttons->addWidget(m_down);
    buttons->addWidget(m_reset);
    buttons->addStretch();
    auto *row = new QHBoxLayout;
    row->addWidget(m_list, 1);
    row->addLayout(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(row);
    layout->addWidget(m_remark);
    connect(m_up, &QToolButton::clicked, this, [this] { moveCurrent(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveCurrent(1); });
    connect(m_reset, &QToolButton::clicked, this, [this] {
        m_own.reset();
        fill();
    });
    connect(m_list, &QListWidget::itemChanged, this, &LoginOrderList::handleCheck);
    connect(m_list, &QListWidget::currentRowChanged, this, &LoginOrderList::updateButtons);
}

void LoginOrderList::load(const std::optional<profiles::LoginOrder> &own)
{
    m_own = own;
    fill();
}

void LoginOrderList::showInherited(const profiles::LoginOrder &order,
                                   const profiles::ValueOrigin &origin)
{
    m_inherited = order;
    m_origin = origin;
    fill();
}

void LoginOrderList::fill()
{
    const profiles::LoginOrder order = m_own.value_or(m_inherited);
    m_list->clear();
    if (!order.contains(LoginSource::Gssapi)) {
        add(LoginSource::Gssapi, false); // where Paramiko has it once it is turned on
    }
    for (const LoginSource source : order) {
        add(source, true);
    }
    for (const LoginSource source :
         {LoginSource::Password, LoginSource::KeyFiles, LoginSource::KeyboardInteractive}) {
        if (!order.contains(source)) {
            add(source, false);
        }
    }
    m_list->setCurrentRow(0);
    // All of it is seen: there is nothing to scroll in a list of six.
    m_list->setFixedHeight(m_list->sizeHintForRow(0) * m_list->count() + 2 * m_list->frameWidth());
    updateButtons();
}

profiles::LoginOrder LoginOrderList::order() const
{
    profiles::LoginOrder order;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem &item = *m_list->item(row);
        if (hasSwitch(sourceOf(item)) || item.checkState() == Qt::Checked) {
            order.append(sourceOf(item));
        }
    }
    return order;
}

void LoginOrderList::add(LoginSource source, bool isChecked)
{
    auto *item = new QListWidgetItem(textFor(source));
    item->setData(Qt::UserRole, static_cast<int>(source));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    const bool isOn = isChecked && !m_switchedOff.contains(source);
    item->setCheckState(isOn ? Qt::Checked : Qt::Unchecked);
    m_list->addItem(item); // only now, so that it is no change of the user's
}

void LoginOrderList::setSwitchedOn(LoginSource source, bool isOn)
{
    if (isOn) {
        m_switchedOff.remove(source);
    } else {
        m_switchedOff.insert(source);
    }
    for (int row = 0; row < m_list->count(); ++row) {
        if (sourceOf(*m_list->item(row)) == source) {
            m_list->item(row)->setCheckState(isOn ? Qt::Checked : Qt::Unchecked);
        }
    }
}

void LoginOrderList::handleCheck(const QListWidgetItem *item)
{
    if (hasSwitch(sourceOf(*item))) {
        emit switched(sourceOf(*item), item->checkState() == Qt::Checked);
    } else {
        takeOrder();
    }
}

// The inherited order put together again is inherited again.
void LoginOrderList::takeOrder()
{
    m_own = order() == m_inherited ? std::nullopt : std::optional(order());
    updateButtons();
}

void LoginOrderList::moveCurrent(int by)
{
    const int row = m_list->currentRow();
    const int target = row + by;
    if (row < 0 || target < 0 || target >= m_list->count()) {
        return;
    }
    QListWidgetItem *item = m_list->takeItem(row);
    m_list->insertItem(target, item);
    m_list->setCurrentRow(target);
    takeOrder();
}

void LoginOrderList::updateButtons()
{
    m_up->setEnabled(m_list->currentRow() > 0);
    m_down->setEnabled(m_list->currentRow() + 1 < m_list->count());
    m_reset->setEnabled(m_own.has_value());
    m_remark->setText(m_own ? tr("changed here") : originText(m_origin));
}

} // namespace ui
