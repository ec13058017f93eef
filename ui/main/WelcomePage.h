// WelcomePage: what the window shows while no tab is open: what to do first.

#pragma once

#include <QWidget>

namespace ui {

class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent = nullptr);

signals:
    void quickConnectRequested();
    void newSessionRequested();
};

} // namespace ui
