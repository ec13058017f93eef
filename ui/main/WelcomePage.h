// WelcomePage: what the window shows while no tab is open: what to do first.

#pragma once

#include <QStringList>
#include <QWidget>

class QPushButton;

namespace ui {

class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent = nullptr);

    // A button for opening those tabs again; without names it goes.
    void offerTabs(const QStringList &names);

signals:
    void quickConnectRequested();
    void newSessionRequested();
    void tabsRequested();

private:
    QPushButton *m_tabs;
};

} // namespace ui
